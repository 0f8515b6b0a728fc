package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.study.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @Test
    void aLinePerChangeWhereNoLineCanBeRewritten() {
        SmallRun.write(folder, RunStatus.FINISHED);
        assertEquals(0, console.karuta("watch", folder.toString()), console.err());
        assertEquals("""
                dual, seed 1: finished; 1 of 1 tasks learned, the last a
                1 of 1 runs finished
                """, console.out());
    }

    @Test
    void aStudyWithAFailedRunEndsWithOne() {
        SmallRun.write(folder, RunStatus.FAILED);
        assertEquals(1, console.karuta("watch", folder.toString()));
        assertTrue(console.out().contains("0 of 1 runs finished, 1 failed\n"), console.out());
    }

    @Test
    void onceShowsWhoIsLeftBehind() throws IOException {
        var run = SmallRun.write(folder, RunStatus.RUNNING);
        Files.writeString(run.log(), "stage 2, step 3 of 80: {lm=0.5}\n");
        assertEquals(0, console.karuta("watch", folder.toString(), "--once"), console.err());
        assertTrue(
                console.out().startsWith("0 of 1 runs finished, 1 left behind (its process is gone)"), console.out());
        assertTrue(
                console.out().contains("dual, seed 1  left behind (its process is gone)  #################### 1/1"),
                console.out());
    }

    @Test
    void aFolderWithoutRunsIsTold() {
        assertEquals(2, console.karuta("watch", folder.toString()));
        assertTrue(console.err().contains("is no run folder and holds none"), console.err());
    }
}
