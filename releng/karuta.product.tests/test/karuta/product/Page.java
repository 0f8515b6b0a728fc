package karuta.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A page of the documents that can be run: its fenced blocks, by the word behind the fence.
 *
 * <table>
 * <tr><td>{@code sh}</td><td>commands; they must succeed, or end with the code that {@code exit=2} names</td></tr>
 * <tr><td>{@code output}</td><td>what the commands of the last block print, both streams together. A line {@code ...} stands for any
 *     lines, {@code ...} in a line for any characters; with {@code within=2} decimal numbers may differ by that much, and blanks do
 *     not count</td></tr>
 * <tr><td>anything with {@code file=PATH}</td><td>a file that is written there</td></tr>
 * <tr><td>any other</td><td>is only shown</td></tr>
 * </table>
 *
 * @param name for messages
 * @param blocks in their order
 */
record Page(String name, List<Block> blocks) {

    private static final int MINUTES = 15;

    /**
     * A fenced block.
     *
     * @param line where it begins, from 1
     * @param language first word behind the fence
     * @param words the others, by what stands before the equals sign
     * @param text without the fences
     */
    record Block(int line, String language, Map<String, String> words, String text) {}

    /**
     * Reads a page.
     *
     * @throws IllegalArgumentException if a block does not end
     */
    static Page of(String name, String text) {
        var blocks = new ArrayList<Block>();
        var lines = text.lines().toList();
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                var info = lines.get(i).substring(3).strip().split("\\s+");
                var words = Arrays.stream(info)
                        .filter(word -> word.contains("="))
                        .map(word -> word.split("=", 2))
                        .collect(Collectors.toMap(word -> word[0], word -> word[1]));
                var begin = ++i;
                while (i < lines.size() && !lines.get(i).startsWith("```")) {
                    i++;
                }
                if (i == lines.size()) {
                    throw new IllegalArgumentException(name + ":" + begin + ": the block does not end");
                }
                blocks.add(new Block(begin, info[0], words, String.join("\n", lines.subList(begin, i)) + "\n"));
            }
        }
        return new Page(name, List.copyOf(blocks));
    }

    /**
     * Does all that it says, in a fresh folder.
     *
     * @param program folder that commands are found in first
     * @param environment of the commands, beside that of the test
     * @throws AssertionError naming the line of the page where it is not as it says
     */
    void run(Path folder, Path program, Map<String, String> environment) throws IOException {
        var printed = "";
        for (var block : blocks) {
            if (block.words.containsKey("file")) {
                var file = folder.resolve(block.words.get("file"));
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.text);
            } else if (block.language.equals("sh")) {
                printed = execute(block, folder, program, environment);
            } else if (block.language.equals("output")) {
                compare(block, printed);
            }
        }
    }

    private String execute(Block block, Path folder, Path program, Map<String, String> environment) throws IOException {
        var out = Files.createTempFile("page", ".txt");
        try {
            var builder = new ProcessBuilder("sh", "-eu", "-c", block.text)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            var all = new HashMap<>(environment);
            all.put("PATH", program + ":" + System.getenv("PATH"));
            builder.environment().putAll(all);
            var process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            var code = process.waitFor();
            var printed = Files.readString(out);
            if (code != Integer.parseInt(block.words.getOrDefault("exit", "0"))) {
                throw new AssertionError(name + ":" + block.line + ": ended with " + code + "\n" + printed);
            }
            return printed;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(out);
        }
    }

    private void compare(Block block, String printed) {
        var within = Double.parseDouble(block.words.getOrDefault("within", "0"));
        var shown = block.text.lines().toList();
        var lines = printed.lines().toList();
        var missing = new Shown(within).missing(shown, lines);
        if (missing >= 0) {
            throw new AssertionError(name + ":" + (block.line + 1 + missing) + ": this is not printed (here): "
                    + shown.get(missing) + "\n---- printed is\n" + printed);
        }
    }
}
