package karuta.serve.http;

import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that runs a class of the tests. */
public final class Child {

    private Child() {}

    /**
     * Starts one.
     *
     * @param before commands of the shell that it replaces
     */
    public static Process start(String before, Class<?> main, String argument) throws IOException {
        return new ProcessBuilder(
                        "bash",
                        "-c",
                        before + "exec \"$0\" -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName(),
                        argument)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
