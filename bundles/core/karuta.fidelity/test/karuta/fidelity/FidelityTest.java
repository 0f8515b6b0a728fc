package karuta.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FidelityTest {

    private static final Map<String, Object> DEFAULTS = Map.of("k", 3, "lambda", 0.5);
    private static final Map<String, Object> POOL = Map.of("length", 10, "lossImage", 1.0, "lossText", 1.0);

    private static Arm arm(Optional<Fault> fault, Map<String, Object> selector, Map<String, Object> pool) {
        return new Arm(
                new Part<>(Map.of(), options -> new PlantedLearner()),
                new Part<>(pool, options -> new PlantedPool(fault, options)),
                new Part<>(selector, options -> new PlantedSelector(fault, options)),
                new Part<>(Map.of(), options -> new PlantedFusion(fault)),
                () -> {});
    }

    @Test
    void modalPromptWrittenASecondTimeMeetsEveryGoldenNumber() {
        var verdict = Fidelity.of(arm(Optional.empty(), DEFAULTS, POOL));
        assertEquals(List.of(), verdict.findings().stream().map(Finding::text).toList());
        assertEquals(List.of(), verdict.settings());
        assertTrue(verdict.isModalPrompt());
        assertTrue(verdict.compared() > 3000, () -> verdict.compared() + " numbers");
    }

    @TestFactory
    Stream<DynamicTest> everyPlantedFaultIsCaughtAndNamed() {
        return Arrays.stream(Fault.values())
                .map(fault -> DynamicTest.dynamicTest(fault + ": " + fault.words(), () -> {
                    var verdict = Fidelity.of(arm(Optional.of(fault), DEFAULTS, POOL));
                    assertEquals(
                            fault.deviations(),
                            verdict.findings().stream().map(Finding::deviation).collect(Collectors.toSet()),
                            () -> verdict.findings().stream().map(Finding::text).collect(Collectors.joining("\n")));
                }));
    }

    @Test
    void optionsOtherThanTheDefinitionsAreSettingsAndItStaysModalPrompt() {
        var verdict = Fidelity.of(arm(
                Optional.empty(),
                Map.of("k", 1, "lambda", 0.8),
                Map.of("length", 96, "lossImage", 2.0, "lossText", 1.0)));
        assertEquals(List.of(), verdict.findings());
        assertEquals(
                List.of(
                        "K, prompts used at once: 1 (the definition has 3)",
                        "lambda, weight of the image in the score: 0.8 (the definition has 0.5)",
                        "M, rows of a prompt: 96 (the definition has 10)",
                        "weight of the alignment with the image: 2 (the definition has 1)"),
                verdict.settings().stream().map(Setting::text).toList());
    }

    @Test
    void anAlignmentThatIsSwitchedOffByAnOptionIsDropped() {
        var verdict =
                Fidelity.of(arm(Optional.empty(), DEFAULTS, Map.of("length", 4, "lossImage", 0.0, "lossText", 0.0)));
        assertEquals(
                List.of(Deviation.ALIGNMENT_DROPPED),
                verdict.findings().stream().map(Finding::deviation).toList());
    }

    @Test
    void aFindingSaysWhatTheArmDoesWhatTheDefinitionSaysAndWhatToDo() {
        var text = new Finding(Deviation.CURRENT_NOT_LAST, "it stands first.").text();
        assertEquals(
                "current prompt not last: it stands first.\n"
                        + "  The definition (Training, 2): The prompt in training comes last, nearest to the text.\n"
                        + "  Put the trained card at the end of the selection, and keep that order in the fusion.",
                text);
    }

    @Test
    void everyDeviationIsPlantedButForCardsOfAnotherKind() {
        var planted = Arrays.stream(Fault.values())
                .flatMap(fault -> fault.deviations().stream())
                .collect(Collectors.toSet());
        var left = Arrays.stream(Deviation.values())
                .filter(deviation -> !planted.contains(deviation))
                .toList();
        assertEquals(List.of(Deviation.NO_PROTOTYPE_PROMPT), left);
    }
}
