package karuta.app;

import java.util.Optional;
import org.osgi.framework.FrameworkUtil;
import picocli.CommandLine.IVersionProvider;

/** Which program this is. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var version = Optional.ofNullable(FrameworkUtil.getBundle(Versions.class))
                .map(bundle -> bundle.getVersion().toString())
                .orElse("outside of a product");
        return new String[] {
            "karuta " + version,
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
            System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch")
        };
    }
}
