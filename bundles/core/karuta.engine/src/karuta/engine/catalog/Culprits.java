package karuta.engine.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Finds the bundle that code belongs to, among those that did not come with the program. A frame of a stack has no more
 * than the name of its class; a bundle that has a file for it is the one.
 */
record Culprits(BundleContext context) {

    Optional<Strategies.Culprit> nearest(Throwable thrown) {
        var dropped = Arrays.stream(context.getBundle(0).getBundleContext().getBundles())
                .filter(Dropins::dropped)
                .toList();
        return Stream.iterate(Optional.of(thrown), Optional::isPresent, t -> t.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .limit(20) // a cause may lead back to itself
                .flatMap(each -> nearest(each.getStackTrace(), dropped).stream())
                .findFirst();
    }

    private static Optional<Strategies.Culprit> nearest(StackTraceElement[] stack, List<Bundle> dropped) {
        return Arrays.stream(stack)
                .flatMap(frame -> dropped.stream()
                        .filter(bundle -> has(bundle, frame))
                        .map(bundle -> new Strategies.Culprit(Dropins.file(bundle), Dropins.describe(bundle), frame)))
                .findFirst();
    }

    private static boolean has(Bundle bundle, StackTraceElement frame) {
        return bundle.getEntry(frame.getClassName().replace('.', '/') + ".class") != null;
    }
}
