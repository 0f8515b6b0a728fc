package karuta.project;

import ai.djl.ndarray.NDArray;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import karuta.api.Strategy;
import karuta.check.Checks;
import karuta.kit.ToyContext;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.osgi.annotation.versioning.Version;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** A Karuta whose jars are what the tests are run with. */
final class Toys {

    private Toys() {}

    static Installation karuta() {
        return new Installation("0.1.0", Path.of("/opt/karuta/repository"), jars());
    }

    private static List<Path> jars() {
        return Stream.of(
                        Strategy.class,
                        Tensors.class,
                        ToyContext.class,
                        Checks.class,
                        NDArray.class,
                        Component.class,
                        Designate.class,
                        Version.class,
                        Test.class,
                        AssertionFailedError.class)
                .map(Toys::jar)
                .distinct()
                .toList();
    }

    private static Path jar(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
