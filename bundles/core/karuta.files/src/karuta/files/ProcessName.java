package karuta.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process as it names itself to others.
 *
 * @param id of the process
 * @param host it runs on
 * @param since when it was started; tells it from a later one of the same number
 */
record ProcessName(long id, String host, String since) {

    private static final Pattern WORDS = Pattern.compile("process (\\d{1,18}) on host (\\S+) since (\\S+)\\s*");
    private static final String UNKNOWN = "unknown";
    private static final ProcessName THIS = of(ProcessHandle.current(), hostName());

    /** This one. */
    static ProcessName current() {
        return THIS;
    }

    private static ProcessName of(ProcessHandle process, String host) {
        var since = process.info().startInstant().map(Instant::toString).orElse(UNKNOWN);
        return new ProcessName(process.pid(), host, since);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("\\s", "_");
        } catch (UnknownHostException unresolved) {
            return kernelName(); // on a cluster, hosts without a name in the net must still differ
        }
    }

    private static String kernelName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException elsewhere) {
            return "localhost";
        }
    }

    /** Reads what {@link #toString} writes. */
    static Optional<ProcessName> parse(String words) {
        var match = WORDS.matcher(words);
        return match.matches()
                ? Optional.of(new ProcessName(Long.parseLong(match.group(1)), match.group(2), match.group(3)))
                : Optional.empty();
    }

    boolean here() {
        return host.equals(THIS.host);
    }

    /** Whether it is a process of this host that has ended: nothing has its number. */
    boolean gone() {
        return here() && ProcessHandle.of(id).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Whether it is a process of this host for certain; a clock that jumps moves the time at which it was started. */
    boolean runs() {
        return here()
                && ProcessHandle.of(id)
                        .filter(ProcessHandle::isAlive)
                        .filter(same -> of(same, host).equals(this))
                        .isPresent();
    }

    @Override
    public String toString() {
        return "process " + id + " on host " + host + " since " + since;
    }
}
