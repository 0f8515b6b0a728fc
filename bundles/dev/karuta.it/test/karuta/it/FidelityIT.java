package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.fidelity.Deviation;
import karuta.fidelity.Finding;
import karuta.fidelity.Setting;
import karuta.fidelity.StudyFidelity;
import karuta.fidelity.StudyFidelity.Answer;
import karuta.study.file.StudyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** What is said of arms that are made of the strategies that ship. */
@ExtendWith(ServiceExtension.class)
class FidelityIT {

    private static final String STUDY = """
        study: fidelity
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: cards
        training: {rate: 0.0002, epochs: 10, batch: 8, warmup: 0.03}
        arms:
          published: {learner: prompt, pool: prototype, selector: dual, fusion: concat}
          own:
            learner: prompt
            pool: {id: prototype, length: 8, transformRate: 0.06}
            selector: {id: dual, k: 1, lambda: 0.8}
            fusion: concat
            training: {rate: 0.05}
          text: {learner: prompt, pool: prototype, selector: text, fusion: concat}
          unaligned: {learner: prompt, pool: {id: prototype, lossImage: 0, lossText: 0}, selector: dual, fusion: concat}
          chance: {learner: prompt, pool: prototype, selector: random, fusion: concat}
          gated: {learner: prompt, pool: prototype, selector: dual, fusion: gated}
          told: {learner: prompt, pool: prototype, selector: oracle, fusion: concat, analysis: true}
          l2p: {learner: prompt, pool: l2p, selector: l2p, fusion: concat}
          lora: {baseline: lora}
          replay: {baseline: replay, over: {learner: prompt, pool: prototype, selector: dual, fusion: concat}}
        """;

    @InjectService
    Strategies strategies;

    @Test
    void armsOfShippedStrategiesAreCalledWhatTheyAre() {
        var answers = new StudyFidelity(strategies).of(Planner.plan(strategies, StudyReader.parse("f.yaml", STUDY)));
        var findings = new LinkedHashMap<String, List<Deviation>>();
        var others = new LinkedHashMap<String, String>();
        answers.forEach((arm, answer) -> {
            if (answer instanceof Answer.Compared compared) {
                findings.put(
                        arm,
                        compared.verdict().findings().stream()
                                .map(Finding::deviation)
                                .toList());
            } else {
                others.put(arm, ((Answer.Other) answer).what());
            }
        });
        assertEquals(
                Map.of(
                        "published", List.of(),
                        "own", List.of(),
                        "text", List.of(Deviation.ONE_MODALITY),
                        "unaligned", List.of(Deviation.ALIGNMENT_DROPPED),
                        "chance", List.of(Deviation.CHOICE_OTHER),
                        "gated", List.of(Deviation.MORE_TRAINED, Deviation.FUSION_OTHER)),
                findings);
        assertEquals(
                Map.of(
                        "told",
                        "an analysis, whose strategies are told the true task",
                        "l2p",
                        "learner.prompt, pool.l2p, selector.l2p, fusion.concat",
                        "lora",
                        "baseline.lora",
                        "replay",
                        "baseline.replay over learner.prompt, pool.prototype, selector.dual, fusion.concat"),
                others);
        var published = ((Answer.Compared) answers.get("published")).verdict();
        assertEquals(List.of(), published.settings());
        assertTrue(published.compared() > 3000);
        assertEquals(
                List.of(
                        "K, prompts used at once: 1 (the definition has 3)",
                        "lambda, weight of the image in the score: 0.8 (the definition has 0.5)",
                        "M, rows of a prompt: 8 (the definition has 10)",
                        "learning rate of h, as a factor: 0.06 (the definition has 1)",
                        "learning rate: 0.05 (the definition has 0.0002)"),
                ((Answer.Compared) answers.get("own"))
                        .verdict().settings().stream().map(Setting::text).toList());
    }
}
