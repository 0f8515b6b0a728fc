package karuta.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Rules over the byte code of all bundles. Each test holds one against Karuta and shows what it refuses. */
abstract class Rules {

    static final Rooms ROOMS = new Rooms();
    static final JavaClasses KARUTA = ROOMS.classes();

    @TempDir
    Path folder;

    /** Asserts that a rule finds one violation in an example. */
    final void refuses(ArchRule rule, String... example) throws IOException {
        var found = rule.allowEmptyShould(true).evaluate(Example.of(folder, example));
        assertEquals(1, found.getFailureReport().getDetails().size(), found.getFailureReport()::toString);
    }
}
