package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibtorchTest {

    private static final String NEEDED = "It must lead to PyTorch 2.7.1, for a GPU that with CUDA 12.8 (2.7.1+cu128)";

    @TempDir
    Path folder;

    private void file(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private void libraries(String place, boolean cuda) throws IOException {
        file(place + "/" + System.mapLibraryName("torch"), "");
        if (cuda) {
            file(place + "/" + System.mapLibraryName("torch_cuda"), "");
        }
    }

    private static String python(String version) {
        return "from typing import Optional\n\n__all__ = ['__version__']\n__version__ = '" + version
                + "'\ndebug = False\ncuda: Optional[str] = '12.8'\n";
    }

    @ParameterizedTest
    @CsvSource({"libtorch", "libtorch/lib"})
    void anArchiveIsFoundWithItsVersion(String given) throws IOException {
        libraries("libtorch/lib", true);
        file("libtorch/build-version", "2.7.1+cu128\n");

        var found = Libtorch.in(folder.resolve(given));
        assertEquals(folder.resolve("libtorch/lib").toAbsolutePath(), found.folder());
        assertEquals("cu128", found.flavor());
        assertEquals("2.7.1+cu128", found.version());
    }

    @ParameterizedTest
    @CsvSource({"site-packages", "site-packages/torch", "site-packages/torch/lib"})
    void aPythonPackageIsFoundWithItsVersion(String given) throws IOException {
        libraries("site-packages/torch/lib", true);
        file("site-packages/torch/version.py", python("2.7.1+cu128"));

        assertEquals("cu128", Libtorch.in(folder.resolve(given)).flavor());
    }

    @ParameterizedTest
    @CsvSource({"2.11.0+cu130, true, cu128", "2.9.1, false, cpu"})
    void anotherReleaseFitsThatBringsItsOwnNativePart(String version, boolean cuda, String flavor) throws IOException {
        libraries("lib", cuda);
        file("lib/" + System.mapLibraryName("djl_torch"), "");
        file("build-version", version);

        var found = Libtorch.in(folder);
        assertEquals(flavor, found.flavor(), "which only says whether to load the libraries for CUDA");
        assertEquals(version.replaceFirst("\\+.*", ""), found.release());
    }

    @ParameterizedTest
    @CsvSource({"2.7.1+cpu", "2.7.1"})
    void oneWithoutCudaFitsAsWell(String version) throws IOException {
        libraries("lib", false);
        file("build-version", version);

        assertEquals("cpu", Libtorch.in(folder).flavor());
    }

    @ParameterizedTest
    @CsvSource({
        "2.6.0+cu128, true",
        "2.7.1+cu126, true",
        "2.7.1, true",
        "2.7.10+cu128, true",
        "2.7.1+cu128, false",
        "2.7.1+rocm6.3, false",
        "2.8.0+cpu, false"
    })
    void anotherOneIsRefused(String version, boolean cuda) throws IOException {
        libraries("torch/lib", cuda);
        file("torch/version.py", python(version));

        var told = message(folder);
        assertTrue(told.contains("holds PyTorch " + version + (cuda ? " with " : " without ")), told);
        assertTrue(told.contains(NEEDED), told);
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        var none = folder.resolve("none");
        assertTrue(message(none).startsWith("KARUTA_LIBTORCH: there is no folder " + none), message(none));
        assertTrue(message(folder).contains("there is no " + System.mapLibraryName("torch") + " in " + folder));
        libraries("lib", false);
        assertTrue(message(folder).contains("does not say its version"), message(folder));
        file("build-version", "unknown");
        assertTrue(message(folder).contains("does not say its version"), message(folder));
    }

    @Test
    void theReleaseIsThatOfTheProduct() {
        TorchEngine.start();
        assertEquals(Engine.getEngine("PyTorch").getVersion(), Libtorch.RELEASE);
    }

    private static String message(Path given) {
        var told = assertThrows(KarutaException.class, () -> Libtorch.in(given)).getMessage();
        assertTrue(told.contains(NEEDED), told);
        return told;
    }
}
