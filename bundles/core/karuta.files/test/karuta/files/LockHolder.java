package karuta.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that takes a folder, if nobody has it, and keeps it until it is killed. */
final class LockHolder {

    private LockHolder() {}

    /** Something that may fail. */
    interface Deed {

        void todo() throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        if (arguments.length > 1 && arguments[1].equals("rush")) {
            rush(folder);
        }
        if (arguments.length > 1) {
            while (FolderLock.tryLock(folder).isEmpty()) {
                Thread.sleep(50);
            }
            System.exit(0);
        }
        var lock = FolderLock.tryLock(folder);
        System.out.println(lock.isPresent());
        if (lock.isPresent()) {
            System.in.read();
            lock.get().close();
        }
    }

    /** Has the folder again and again, and says so each time, and whether somebody who lives had it too. */
    private static void rush(Path folder) throws Exception {
        var inside = folder.resolve("inside");
        var me = Long.toString(ProcessHandle.current().pid());
        while (true) {
            var lock = FolderLock.tryLock(folder);
            if (lock.isEmpty()) {
                Thread.sleep(1);
                continue;
            }
            if (Files.exists(inside)) {
                var other = Files.readString(inside);
                var alive = !other.isEmpty()
                        && ProcessHandle.of(Long.parseLong(other))
                                .filter(ProcessHandle::isAlive)
                                .isPresent();
                System.out.println(alive ? "two at once" : "left");
            }
            Files.writeString(inside, me);
            Thread.sleep(5);
            System.out.println(Files.readString(inside).equals(me) ? "mine" : "two at once");
            Files.delete(inside);
            lock.get().close();
        }
    }

    /** Starts a process that has the folder again and again, by words alone. */
    static Process rushes(Path folder, Path said) throws IOException {
        return builder(List.of("-Dkaruta.locks=words"), folder.toString(), "rush")
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                .start();
    }

    /**
     * Whether a process gets a folder that tries again and again for three seconds.
     *
     * @param silence after so many seconds without a change it takes what another host has
     * @param beat is done several times a second
     */
    static boolean triesUntilItHas(Path folder, int silence, Deed beat) throws Exception {
        var tried = builder(List.of("-Dkaruta.lock.silence=" + silence), folder.toString(), "try")
                .start();
        try {
            for (var i = 0; i < 15 && tried.isAlive(); i++) {
                Thread.sleep(200);
                beat.todo();
            }
            return !tried.isAlive();
        } finally {
            tried.destroyForcibly().waitFor();
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
        return builder(List.of(), folder.toString()).start();
    }

    private static ProcessBuilder builder(List<String> options, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LockHolder.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
