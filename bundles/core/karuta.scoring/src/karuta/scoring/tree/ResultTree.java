package karuta.scoring.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.scoring.pair.GoldBook;

/**
 * A folder of results. CoIN, ModalPrompt, HiDe-LLaVA, MCITlib and Prism leave {@code TASK/STAGE/merge.jsonl} somewhere in it,
 * MLLM-CTBench {@code predictions/K-TASK.json} after stage K and {@code last_predictions/K-TASK.json} after the last one.
 * Folders of tasks are known by the names that the suite lists; nothing else is looked at.
 *
 * @param root where
 * @param cells what was found, by task in the order of the suite, then by stage
 * @param order of the tasks, where the names of files say it
 */
public record ResultTree(Path root, List<Cell> cells, Optional<List<String>> order) {

    /** So deep lies what is deepest: backbone, benchmark, method, task, stage, file. */
    private static final int DEPTH = 8;

    /** What holds the answers of a stage, the first one that is there. */
    private static final List<String> NAMES = List.of(
            "merge.jsonl",
            "testdev_balanced_predictions.json",
            "pred_coco_type.json",
            "ans_gt.json",
            "output.jsonl",
            "output_result.jsonl");

    private static final Pattern SHARD = Pattern.compile("\\d+_\\d+\\.jsonl");
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,4})-(.+)\\.json");
    private static final String DIAGONAL = "predictions";
    private static final String LAST = "last_predictions";

    /** Copies the list. */
    public ResultTree {
        cells = List.copyOf(cells);
        order = order.map(List::copyOf);
    }

    /**
     * Looks through a folder.
     *
     * @throws KarutaException if there are no results of these tasks in it, two for one task and stage, or parts that nobody
     *     has merged
     */
    public static ResultTree find(Path root, GoldBook book) {
        var found = new ArrayList<Cell>();
        var numbers = new LinkedHashMap<Integer, String>();
        for (var folder : folders(root)) {
            if (name(folder).equals(DIAGONAL) || name(folder).equals(LAST)) {
                numbered(folder, book, found, numbers);
                continue;
            }
            Optional.ofNullable(folder.getParent())
                    .flatMap(parent -> book.find(name(parent)))
                    .ifPresent(task ->
                            answers(folder).ifPresent(file -> found.add(new Cell(task, name(folder), file))));
        }
        var places = new LinkedHashMap<List<String>, Cell>();
        for (var cell : found) {
            var other = places.put(List.of(cell.task(), cell.stage()), cell);
            if (other != null) {
                throw new KarutaException(
                        root + " has two results of task " + cell.task() + " after stage " + cell.stage() + ": "
                                + other.file() + " and " + cell.file() + ".",
                        "Name the folder of one model or method.");
            }
        }
        if (places.isEmpty()) {
            throw new KarutaException(
                    root + " holds no results of " + book.name() + ": there is no folder TASK/STAGE with "
                            + String.join(", ", NAMES) + ", nor " + DIAGONAL + "/1-TASK.json.",
                    "Its tasks are " + String.join(", ", book.tasks()) + ".");
        }
        var order = numbers.isEmpty()
                ? Optional.<List<String>>empty()
                : Optional.of(numbers.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList());
        var tasks = book.tasks();
        return new ResultTree(
                root,
                places.values().stream()
                        .sorted(Comparator.comparing((Cell cell) -> tasks.indexOf(cell.task()))
                                .thenComparing(Cell::stage))
                        .toList(),
                order);
    }

    private static List<Path> folders(Path root) {
        try (var all = Files.walk(root, DEPTH)) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static KarutaException unreadable(Path folder, IOException e) {
        return new KarutaException(
                "The folder " + folder + " cannot be read (" + e.getMessage() + ").", "May this user read it?", e);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static Optional<Path> answers(Path folder) {
        var files = files(folder);
        var found = NAMES.stream()
                .flatMap(name -> files.stream().filter(file -> name(file).equals(name)))
                .findFirst();
        if (found.isEmpty()) {
            files.stream()
                    .filter(file -> SHARD.matcher(name(file)).matches())
                    .findFirst()
                    .ifPresent(shard -> {
                        throw new KarutaException(
                                folder + " has parts such as " + name(shard) + " that nobody has merged.",
                                "Join them in the order of their numbers: cat N_0.jsonl N_1.jsonl ... > merge.jsonl");
                    });
        }
        return found;
    }

    private static void numbered(Path folder, GoldBook book, List<Cell> found, LinkedHashMap<Integer, String> numbers) {
        for (var file : files(folder)) {
            var name = NUMBERED.matcher(name(file));
            var task = name.matches() ? book.find(name.group(2)) : Optional.<String>empty();
            if (task.isPresent()) {
                var stage = name(folder).equals(LAST) ? StageOrder.LAST : StageOrder.DIAGONAL;
                found.add(new Cell(task.get(), stage, file));
                numbers.put(Integer.parseInt(name.group(1)), task.get());
            }
        }
    }
}
