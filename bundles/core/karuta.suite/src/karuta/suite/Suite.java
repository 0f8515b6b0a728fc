package karuta.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.yaml.Suggestion;

/**
 * A suite of the field, as a manifest describes it: tasks, their files, what scores them and what is known of them. It holds
 * no data; {@link SuiteData} reads a user's copy by it.
 *
 * @param id such as {@code coin}
 * @param title what it is called
 * @param papers where it comes from, an address each
 * @param about what it is, in a sentence
 * @param sources data it is made of, with their licences
 * @param orders by name, each a list of tasks; the first one is the default
 * @param layouts in which it lies on disks, with their files for every task; the first one is the official one
 * @param tasks in the order of the manifest
 * @param outOfScope why nothing of it can be read; empty for all others
 */
public record Suite(
        String id,
        String title,
        List<String> papers,
        String about,
        List<Source> sources,
        Map<String, List<String>> orders,
        List<Layout> layouts,
        List<SuiteTask> tasks,
        Optional<String> outOfScope) {

    /** The ids of the suites that ship. */
    public static List<String> shipped() {
        return ShippedSuites.IDS;
    }

    /**
     * A suite that ships.
     *
     * @throws KarutaException if there is none of this id, or it is out of scope: the message says why
     */
    public static Suite named(String id) {
        if (!shipped().contains(id)) {
            throw new KarutaException(
                    "There is no suite \"" + id + "\"" + Suggestion.hint(id, shipped()) + ".",
                    "Name one that ships, or the YAML file of a manifest.");
        }
        return ShippedSuites.read(id).inScope();
    }

    /**
     * A suite of the user's own.
     *
     * @param file a manifest
     * @throws KarutaException if it cannot be read or has mistakes, with all of them, each with its line
     */
    public static Suite read(Path file) {
        return ManifestReader.read(file).inScope();
    }

    /** A suite that ships, or one of the user's own where the text ends with {@code .yaml} or {@code .yml}. */
    public static Suite of(String idOrFile) {
        return idOrFile.endsWith(".yaml") || idOrFile.endsWith(".yml") ? read(Path.of(idOrFile)) : named(idOrFile);
    }

    private Suite inScope() {
        if (outOfScope.isPresent()) {
            throw new KarutaException(
                    "The suite " + title + " is out of scope: " + outOfScope.get(),
                    "The suites that can be read are " + String.join(", ", ShippedSuites.readable()) + ".");
        }
        return this;
    }

    /**
     * A task by its name or one of its aliases; case, hyphens, underscores and blanks do not matter.
     *
     * @throws KarutaException if there is no such task, or it is out of scope: the message says why
     */
    public SuiteTask task(String name) {
        var task = find(name)
                .orElseThrow(() -> new KarutaException(
                        "The suite " + title + " has no task \"" + name + "\""
                                + Suggestion.hint(
                                        name,
                                        tasks.stream().map(SuiteTask::name).toList())
                                + ".",
                        "Name one of its tasks."));
        if (task.outOfScope().isPresent()) {
            throw new KarutaException(
                    "The task " + task.name() + " of " + title + " is out of scope: "
                            + task.outOfScope().get(),
                    "Leave it out.");
        }
        return task;
    }

    /** A task by its name or one of its aliases, whether it is in scope or not; empty if there is none. */
    public Optional<SuiteTask> find(String name) {
        return tasks.stream().filter(task -> task.answersTo(name)).findFirst();
    }

    /**
     * A layout by its id.
     *
     * @throws KarutaException if there is none
     */
    public Layout layout(String layout) {
        return layouts.stream()
                .filter(it -> it.id().equals(layout))
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The suite " + title + " has no layout \"" + layout + "\""
                                + Suggestion.hint(
                                        layout, layouts.stream().map(Layout::id).toList()) + ".",
                        "Name one of its layouts."));
    }

    /**
     * The names of the tasks in an order.
     *
     * @param order its name; empty for the first one
     * @throws KarutaException if there is none
     */
    public List<String> order(String order) {
        if (order.isEmpty()) {
            return orders.values().iterator().next();
        }
        return Optional.ofNullable(orders.get(order))
                .orElseThrow(() -> new KarutaException(
                        "The suite " + title + " has no order \"" + order + "\""
                                + Suggestion.hint(order, orders.keySet()) + ".",
                        "Name one of its orders."));
    }

    /**
     * Data that a suite is made of.
     *
     * @param name of the data
     * @param licence in words, or why it is not known
     */
    public record Source(String name, String licence) {}
}
