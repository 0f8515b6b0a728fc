package karuta.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.KarutaException;

/**
 * Compares what is read of many damaged files with what Pillow makes of them ({@code releng/parity/picture_fuzz.py}). Run by
 * hand, with the folder as argument; exit code 1 if a file is read that Pillow refuses, or to other pixels.
 */
final class Compared {

    private Compared() {}

    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        var counts = new TreeMap<String, Integer>();
        for (var line : Files.readAllLines(folder.resolve("decoded.txt"))) {
            var parts = line.split(" ", 2);
            var verdict = verdict(folder.resolve(parts[0]), parts[1]);
            var kind = parts[0].replaceFirst(".*\\.", "");
            counts.merge(kind + ": " + verdict.getKey(), 1, Integer::sum);
            if (!verdict.getValue().isEmpty()) {
                System.out.println(parts[0] + ": " + verdict.getKey() + ": " + verdict.getValue());
            }
        }
        counts.forEach((what, count) -> System.out.println(count + " " + what));
        System.exit(counts.keySet().stream().anyMatch(k -> k.contains("FAULT")) ? 1 : 0);
    }

    private static Map.Entry<String, String> verdict(Path file, String pillows) {
        var start = System.nanoTime();
        try {
            var pixels = ImageFiles.STORED.read(file);
            var ours = Fingerprints.of(pixels);
            if (System.nanoTime() - start > 10e9) {
                return Map.entry("FAULT hang", pillows);
            }
            if (ours.equals(pillows)) {
                return Map.entry("both read it alike", "");
            }
            return Map.entry(
                    pillows.equals("refused") ? "FAULT only we read it" : "FAULT other pixels", ours + " / " + pillows);
        } catch (KarutaException e) {
            if (pillows.equals("refused")) {
                return Map.entry("both refuse it", "");
            }
            return Map.entry(
                    "only Pillow reads it",
                    e.getMessage().replaceFirst("\n.*", "").replaceFirst("^.*?: ", ""));
        } catch (Throwable e) {
            return Map.entry("FAULT not told", e.toString());
        }
    }
}
