package karuta.files;

import java.nio.file.Path;

/** A process that takes a folder and keeps it until it is killed. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        var lock = FolderLock.tryLock(Path.of(arguments[0])).orElseThrow();
        System.out.println("locked");
        System.in.read();
        lock.close();
    }

    /** Starts such a process, which has the folder when this returns. */
    static Process start(Path folder) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.inputReader().readLine();
        return process;
    }
}
