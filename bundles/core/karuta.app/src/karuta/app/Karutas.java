package karuta.app;

import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.engine.catalog.Dropins;
import karuta.project.DropinFolder;
import karuta.project.Installation;
import org.osgi.framework.FrameworkUtil;

/** The Karuta that this process is, as projects of strategies need to know it. */
final class Karutas {

    private Karutas() {}

    /** @throws KarutaException outside of the product */
    static Installation running() {
        var own = Optional.ofNullable(FrameworkUtil.getBundle(Karutas.class))
                .orElseThrow(() -> new KarutaException(
                        "This is no unpacked Karuta: it does not know where its bundles lie.",
                        "Start it with its own ./karuta."));
        return Installation.running(own.getBundleContext(), folder());
    }

    /** @throws KarutaException if this process has none */
    static DropinFolder dropins() {
        return folder().map(DropinFolder::new)
                .orElseThrow(() -> new KarutaException(
                        "This Karuta has no drop-in folder.", "Set KARUTA_DROPINS to a folder that you may write."));
    }

    private static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty(Dropins.FOLDER)).map(Path::of);
    }
}
