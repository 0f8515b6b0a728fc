package karuta.architecture;

import static com.tngtech.archunit.lang.ArchCondition.from;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may know whom in Karuta.
 *
 * <p>The picture: a bundle is a room, and its packages bear its name. Arrows point one way. On the ground lie the contracts
 * ({@code api}), files and metrics, which know nobody. On them stand arrays; then file formats and families of models, and
 * beside these the strategies, which never know each other, and the benchmarks. The engine knows contracts and records; models,
 * strategies and benchmarks come to it as services, and only studies name them. Reports know the records alone. The application
 * stands on top, and nobody knows it. {@link #MAY_KNOW} is this picture as a table: whoever needs another arrow draws it there,
 * and says why.
 */
class ArchitectureTest extends Rules {

    /** Which rooms a room may know; a room without a row has that of its folder. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("karuta.api", Set.of()),
            Map.entry("karuta.compare", Set.of("karuta.api")),
            Map.entry("karuta.files", Set.of()),
            Map.entry("karuta.metrics", Set.of("karuta.files")), // seals what it writes
            Map.entry("karuta.tensor", Set.of("karuta.api")),
            Map.entry("karuta.yaml", Set.of()),
            Map.entry("karuta.study", Set.of("karuta.api", "karuta.files", "karuta.yaml")),
            Map.entry(
                    "karuta.engine",
                    Set.of(
                            "karuta.api",
                            "karuta.diagnosis", // jars are looked at before they come in
                            "karuta.files",
                            "karuta.metrics",
                            "karuta.study",
                            "karuta.safetensors", // the format of checkpoints
                            "karuta.tensor",
                            "karuta.yaml")),
            Map.entry(
                    "karuta.scoring",
                    Set.of(
                            "karuta.api",
                            "karuta.files",
                            "karuta.metrics",
                            "karuta.study", // runs that others have run are kept as our own are
                            "karuta.suite")),
            Map.entry("karuta.csv", Set.of()),
            Map.entry("karuta.audit", Set.of("karuta.api", "karuta.csv", "karuta.metrics")),
            Map.entry("karuta.diagnosis", Set.of("karuta.api", "karuta.yaml")),
            Map.entry(
                    "karuta.doctor",
                    Set.of(
                            "karuta.api",
                            "karuta.files",
                            "karuta.metrics", // how far tasks are told apart
                            "karuta.picture",
                            "karuta.samples",
                            "karuta.suite")),
            Map.entry("karuta.project", Set.of("karuta.api", "karuta.files", "karuta.yaml")),
            Map.entry(
                    "karuta.fidelity",
                    Set.of(
                            "karuta.api",
                            "karuta.engine", // plans arms and makes their strategies
                            "karuta.kit", // plays them on toys
                            "karuta.study",
                            "karuta.tensor")),
            Map.entry(
                    "karuta.check",
                    Set.of("karuta.api", "karuta.kit", "karuta.tensor")), // what is checked runs on toys
            Map.entry(
                    "karuta.replay",
                    Set.of(
                            "karuta.api",
                            "karuta.engine", // runs a run again
                            "karuta.files",
                            "karuta.metrics",
                            "karuta.study")),
            Map.entry("karuta.report", Set.of("karuta.files", "karuta.metrics", "karuta.study")),
            Map.entry(
                    "karuta.app",
                    Set.of(
                            "karuta.api",
                            "karuta.archive", // pools in use
                            "karuta.audit",
                            "karuta.bench.folder", // writes data sets as folders
                            "karuta.check",
                            "karuta.compare",
                            "karuta.diagnosis",
                            "karuta.doctor",
                            "karuta.engine",
                            "karuta.fidelity",
                            "karuta.files",
                            "karuta.intake", // makes tasks of data
                            "karuta.lmm", // checks and converts models
                            "karuta.project",
                            "karuta.metrics", // lists the definitions
                            "karuta.picture",
                            "karuta.study",
                            "karuta.replay",
                            "karuta.report",
                            "karuta.samples", // images that are asked about
                            "karuta.scoring",
                            "karuta.suite",
                            "karuta.serve", // a pool as a service
                            "karuta.speed", // the bench, shipped as a command
                            "karuta.use",
                            "karuta.yaml")),
            Map.entry("karuta.picture", Set.of("karuta.api")),
            Map.entry("karuta.safetensors", Set.of("karuta.api", "karuta.files", "karuta.tensor")),
            Map.entry(
                    "karuta.tiny",
                    Set.of(
                            "karuta.api",
                            "karuta.bench.cards", // what the small model is trained with
                            "karuta.files",
                            "karuta.lmm",
                            "karuta.safetensors",
                            "karuta.tensor")),
            Map.entry("models", Set.of("karuta.api", "karuta.files", "karuta.safetensors", "karuta.tensor")),
            Map.entry("karuta.rehearsal", Set.of("karuta.api", "karuta.tensor")),
            Map.entry("methods", Set.of("karuta.api", "karuta.rehearsal", "karuta.tensor")),
            Map.entry("karuta.samples", Set.of("karuta.api", "karuta.picture")),
            Map.entry("karuta.suite", Set.of("karuta.api", "karuta.picture", "karuta.samples", "karuta.yaml")),
            Map.entry(
                    "benchmarks",
                    Set.of("karuta.api", "karuta.files", "karuta.picture", "karuta.samples", "karuta.suite")),
            Map.entry(
                    "karuta.speed",
                    Set.of(
                            "karuta.api",
                            "karuta.lmm",
                            "karuta.safetensors",
                            "karuta.tensor",
                            "karuta.tiny")), // whose answers a selection is compared with
            Map.entry("karuta.archive", Set.of("karuta.api", "karuta.files", "karuta.safetensors", "karuta.tensor")),
            Map.entry(
                    "karuta.use",
                    Set.of(
                            "karuta.api",
                            "karuta.archive",
                            "karuta.bench.folder", // a card's data lie in a task's folder
                            "karuta.engine", // loads models and strategies
                            "karuta.files",
                            "karuta.metrics", // what cards are found by
                            "karuta.safetensors",
                            "karuta.samples", // samples that share an image stay together
                            "karuta.study", // a pool holds the study of its arm
                            "karuta.tensor")),
            Map.entry(
                    "karuta.intake",
                    Set.of(
                            "karuta.api",
                            "karuta.archive", // tasks are called as cards can be
                            "karuta.bench.folder", // the form of its folders
                            "karuta.csv",
                            "karuta.files",
                            "karuta.picture",
                            "karuta.samples")),
            Map.entry(
                    "karuta.serve",
                    Set.of(
                            "karuta.api",
                            "karuta.archive", // cards and history
                            "karuta.engine", // the installed strategies
                            "karuta.files",
                            "karuta.metrics", // how many cards are in use
                            "karuta.picture", // images that come with questions
                            "karuta.report", // its colours
                            "karuta.samples", // strict JSON
                            "karuta.use")), // the pool that answers
            Map.entry("dev", Set.of("karuta.api", "karuta.lmm", "karuta.safetensors", "karuta.tensor")));

    @Test
    void everyRoomKnowsOnlyTheRoomsOfItsRow() {
        assertAll(ROOMS.names().stream().map(room -> () -> knowsOnlyItsRow(room).check(KARUTA)));
    }

    @ParameterizedTest(name = "{0} may not know {1}")
    @CsvSource({
        "karuta.api, karuta.files",
        "karuta.files, karuta.api",
        "karuta.tensor, karuta.engine",
        "karuta.study, karuta.engine",
        "karuta.yaml, karuta.study",
        "karuta.engine, karuta.report",
        "karuta.engine, karuta.selector.dual",
        "karuta.engine, karuta.tiny",
        "karuta.report, karuta.engine",
        "karuta.app, karuta.selector.dual",
        "karuta.app, karuta.kit",
        "karuta.lmm, karuta.engine",
        "karuta.selector.dual, karuta.pool.prototype",
        "karuta.selector.dual, karuta.engine",
        "karuta.bench.cards, karuta.tensor",
    })
    void anArrowThatNoRowHasIsRefused(String from, String to) throws IOException {
        refuses(
                knowsOnlyItsRow(from),
                "package " + to + "; public class There {}",
                "package " + from + "; class Here { " + to + ".There known; }");
    }

    @Test
    void packagesBearTheNameOfTheirRoom() throws IOException {
        var rule = classes().should(from(ROOMS.lieWhereTheirPackageSays()));
        rule.check(KARUTA);
        refuses(rule, "package karuta.pool.none; class OfAnotherBundle {}");
    }

    @Test
    void packagesHaveNoCycles() throws IOException {
        var rule = slices().matching("karuta.(**)").should().beFreeOfCycles();
        rule.check(KARUTA);
        refuses(
                rule,
                "package karuta.engine.run; public class Here { karuta.engine.plan.There known; }",
                "package karuta.engine.plan; public class There { karuta.engine.run.Here known; }");
    }

    private static ArchRule knowsOnlyItsRow(String room) {
        var row = Objects.requireNonNull(
                MAY_KNOW.getOrDefault(room, MAY_KNOW.get(ROOMS.folder(room))),
                () -> "Neither " + room + " nor its folder has a row in MAY_KNOW.");
        var others = new TreeSet<>(ROOMS.names());
        others.removeAll(row);
        others.remove(room);
        return noClasses()
                .that(ROOMS.in(Set.of(room)))
                .should()
                .dependOnClassesThat(ROOMS.in(others))
                .as(room + " knows only the rooms of its row, " + new TreeSet<>(row));
    }
}
