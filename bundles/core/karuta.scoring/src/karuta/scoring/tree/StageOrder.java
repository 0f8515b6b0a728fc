package karuta.scoring.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import karuta.api.KarutaException;
import karuta.scoring.pair.GoldBook;

/**
 * Which stage of learning the folders of a tree are.
 *
 * @param tasks in the order in which they were learned
 * @param stages the number of the stage by its folder's name, for names that mean one stage
 * @param note how the order is known
 */
public record StageOrder(List<String> tasks, Map<String, Integer> stages, String note) {

    /** CoIN's name for the stage in which the task itself was learned. */
    static final String DIAGONAL = "Finetune";

    /** The last stage, whichever it is. */
    static final String LAST = "(last)";

    private static final Set<String> ZERO = Set.of("zeroshot", "pretrained", "base");

    /** Copies both. */
    public StageOrder {
        tasks = List.copyOf(tasks);
        stages = Map.copyOf(stages);
    }

    /**
     * Finds out, and never guesses.
     *
     * @param tree of results
     * @param book its tasks
     * @param order the tasks as they were learned; empty if nobody says
     * @param names of the stages' folders, in the same order; empty where they are the names of the tasks
     * @throws KarutaException if names and cells do not say it, or contradict each other
     */
    public static StageOrder of(ResultTree tree, GoldBook book, List<String> order, List<String> names) {
        var named = new HashMap<String, String>();
        var strange = new TreeSet<String>();
        for (var stage : tree.cells().stream().map(Cell::stage).distinct().toList()) {
            if (isOfNoTask(stage) || names.contains(stage)) {
                continue;
            }
            book.find(stage).ifPresentOrElse(task -> named.put(stage, task), () -> strange.add(stage));
        }
        if (!strange.isEmpty()) {
            throw new KarutaException(
                    "Nobody can tell after which task these stages of " + tree.root() + " are: "
                            + String.join(", ", strange) + ".",
                    "Say the folders of all stages as they were learned: --stages A,B,C");
        }
        var given = order.stream().map(name -> known(book, name)).toList();
        var tasks = given.isEmpty() ? tree.order().orElseGet(() -> derived(tree, named)) : given;
        var note = given.isEmpty()
                ? tree.order().isPresent()
                        ? "The names of the files say in which order the tasks were learned."
                        : "In which order the tasks were learned is told by which ones were evaluated after which stage."
                : "The user has said in which order the tasks were learned.";
        if (new HashSet<>(tasks).size() < tasks.size()) {
            throw new KarutaException(
                    "The order names a task twice: " + String.join(", ", tasks) + ".", "Name it once.");
        }
        if (!names.isEmpty() && names.size() != tasks.size()) {
            throw new KarutaException(
                    "There are " + names.size() + " stages for " + tasks.size() + " tasks.",
                    "Say one for each task of the order: " + String.join(", ", tasks) + ".");
        }
        var stages = new HashMap<String, Integer>();
        named.forEach((stage, task) -> stages.put(stage, tasks.indexOf(task) + 1));
        names.forEach(stage -> stages.put(stage, names.indexOf(stage) + 1));
        var result = new StageOrder(tasks, stages, note);
        tree.cells().forEach(result::check);
        return result;
    }

    private static String known(GoldBook book, String name) {
        return book.find(name.strip())
                .orElseThrow(() -> new KarutaException(
                        "The order names \"" + name + "\", which is no task of " + book.name() + ".",
                        "Its tasks are " + String.join(", ", book.tasks()) + "."));
    }

    private static boolean isOfNoTask(String stage) {
        return stage.equals(LAST) || isDiagonal(stage) || isZero(stage);
    }

    private static boolean isDiagonal(String stage) {
        return stage.equalsIgnoreCase(DIAGONAL);
    }

    private static boolean isZero(String stage) {
        return ZERO.contains(stage.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", ""));
    }

    /**
     * Where each task was evaluated after those that were learned later, and after no others, the number of these says its
     * place.
     */
    private static List<String> derived(ResultTree tree, Map<String, String> named) {
        var later = new HashMap<String, Set<String>>();
        tree.cells().forEach(cell -> {
            var after = later.computeIfAbsent(cell.task(), task -> new HashSet<>());
            Optional.ofNullable(named.get(cell.stage()))
                    .filter(task -> !task.equals(cell.task()))
                    .ifPresent(after::add);
        });
        var tasks = new ArrayList<>(later.keySet());
        tasks.sort(Comparator.comparing(task -> -later.get(task).size()));
        for (var i = 0; i < tasks.size(); i++) {
            if (!later.get(tasks.get(i)).equals(new HashSet<>(tasks.subList(i + 1, tasks.size())))) {
                throw new KarutaException(
                        "In which order the tasks of " + tree.root() + " were learned, its names do not say, nor does"
                                + " which task was evaluated after which stage.",
                        "Say it: --order TASK,TASK,...");
            }
        }
        return tasks;
    }

    /** The stage of a cell: 0 is before training. */
    public int stage(Cell cell) {
        if (cell.stage().equals(LAST)) {
            return tasks.size();
        }
        return Optional.ofNullable(stages.get(cell.stage()))
                .orElseGet(() -> isZero(cell.stage()) ? 0 : tasks.indexOf(cell.task()) + 1);
    }

    private void check(Cell cell) {
        if (!tasks.contains(cell.task()) || stages.getOrDefault(cell.stage(), 1) == 0) {
            throw new KarutaException(
                    "The results " + cell.file() + " are of a task or stage that the order does not name.",
                    "Name all tasks that were learned: --order TASK,TASK,...");
        }
    }
}
