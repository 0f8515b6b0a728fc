package karuta.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.doctor.DataReport.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TaskFoldersTest {

    private final Clinic clinic;

    TaskFoldersTest(@TempDir Path root) {
        clinic = new Clinic(root);
        clinic.write(
                        "pets/train.jsonl",
                        Clinic.train("a", "1.png", "What is it?", "a cat") + "\n"
                                + Clinic.train("b", "images/2.png", "What is it?", "a dog") + "\n")
                .write("pets/test.json", "[" + Clinic.test("1", "3.png", "What is it?", "a cat") + "]")
                .images("2.png")
                .images("../pets/1.png", "../pets/3.png");
    }

    private DataReport examine(String... tasks) {
        return Examination.of(
                new TaskFolders(clinic.root(), Optional.empty(), false, List.of(tasks)),
                true,
                1,
                20,
                (what, share) -> {});
    }

    @Test
    void imagesLieByTheTaskOrByTheRoot() {
        var report = examine();
        assertEquals(List.of(), report.groups());
        assertEquals(2, report.tasks().get(0).train().samples());
        assertEquals(2, report.tasks().get(0).train().images());
    }

    /** Only suites have files beside the samples, and names that say how many samples there are. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"SIDE", "COUNT"})
    void whatIsWrongIsNamed(Kind kind) {
        var task = "pets/test.json";
        switch (kind) {
            case FILE -> clinic.delete("pets/train.jsonl");
            case BROKEN -> clinic.write(task, "[");
            case RECORD -> clinic.change(task, "text", "txt");
            case TWICE ->
                clinic.write(
                        task,
                        "[" + "{'id': 1, 'text': 'Is it?', 'answer': 'no'},".repeat(2)
                                + "{'id': 3, 'text': 'Is?', 'answer': 'no'}]");
            case PATH -> clinic.change(task, "3.png", "../3.png");
            case MISSING -> clinic.delete("pets/3.png");
            case UNREADABLE -> clinic.write("pets/3.png", "no image");
            case LEAK -> clinic.copy("pets/1.png", "pets/3.png");
            case ANSWER -> clinic.write("benchmark.json", "{'tasks': [{'name': 'pets', 'scorer': 'choice'}]}");
            case NOTE -> clinic.change("pets/train.jsonl", "'id': 'b'", "'id': 'a'");
            case STRANGER ->
                clinic.write("benchmark.json", "{'tasks': [{'name': 'pets'}]}").write("more/test.json", "[]");
            case SHARED -> clinic.copy("pets/1.png", "pets/3.png").change(task, "What", "Who");
            case ORPHAN -> clinic.images("../pets/4.png");
            default -> throw new AssertionError(kind);
        }
        var report = examine();
        assertTrue(report.groups().stream().map(Group::kind).anyMatch(kind::equals), report::toString);
        assertEquals(kind.isFault(), report.isFaulty(), report::toString);
    }

    @Test
    void aFolderWithoutTasksCannotBeExamined(@TempDir Path empty) {
        for (var folder : List.of(empty, empty.resolve("none"))) {
            assertThrows(KarutaException.class, () -> new TaskFolders(folder, Optional.empty(), false, List.of()));
        }
        assertThrows(KarutaException.class, () -> examine("birds"));
    }

    @Test
    void aTaskWithoutTestSamplesIsOneToLearnFromAlone() throws IOException {
        Files.delete(clinic.root().resolve("pets/test.json"));
        var report = examine();
        assertEquals(
                List.of("pets There are no test samples: a study needs some, `karuta learn` does not."),
                report.groups().stream()
                        .filter(group -> group.kind() == Kind.NOTE)
                        .flatMap(group -> group.findings().stream())
                        .map(finding -> finding.task() + " " + finding.what())
                        .toList());
        assertTrue(!report.isFaulty(), report.toString());
        Files.delete(clinic.root().resolve("pets/train.jsonl"));
        assertThrows(KarutaException.class, this::examine);
    }

    @Test
    void imagesAloneAreToldToHaveNoAnswers() throws IOException {
        Files.delete(clinic.root().resolve("pets/test.json"));
        Files.delete(clinic.root().resolve("pets/train.jsonl"));
        var refused = assertThrows(KarutaException.class, this::examine);
        assertTrue(refused.getMessage().contains("images, but no questions and answers"), refused.getMessage());
    }
}
