package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import karuta.engine.catalog.BorrowedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;

/** What holds of the byte code of every bundle that is shipped. */
@ExtendWith(BundleContextExtension.class)
class MemoryIT {

    @InjectBundleContext
    BundleContext context;

    @Test
    void noShippedBundleGivesPyTorchMemoryThatJavaMayFree() throws IOException {
        var ours = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("karuta."))
                .filter(bundle -> !bundle.getSymbolicName().equals("karuta.it"))
                .toList();
        assertTrue(ours.size() > 25, "all are here");
        var uses = new ArrayList<BorrowedMemory.Use>();
        for (var bundle : ours) {
            uses.addAll(BorrowedMemory.in(bundle));
        }
        assertEquals(List.of(), uses);
    }
}
