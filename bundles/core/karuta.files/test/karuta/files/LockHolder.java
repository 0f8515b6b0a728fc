package karuta.files;

import java.io.IOException;
import java.nio.file.Path;

/** A process that takes a folder, if nobody has it, and keeps it until it is killed. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        var lock = FolderLock.tryLock(Path.of(arguments[0]));
        System.out.println(lock.isPresent());
        if (lock.isPresent()) {
            System.in.read();
            lock.get().close();
        }
    }

    /** Starts such a process, which has the folder when this returns. */
    static Process start(Path folder) throws Exception {
        var process = process(folder);
        if (!takes(process)) {
            throw new IllegalStateException(folder + " is taken");
        }
        return process;
    }

    /** Whether such a process gets the folder; it is killed then. */
    static boolean canTake(Path folder) throws Exception {
        var process = process(folder);
        try {
            return takes(process);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean takes(Process process) throws IOException {
        return Boolean.parseBoolean(process.inputReader().readLine());
    }

    private static Process process(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
