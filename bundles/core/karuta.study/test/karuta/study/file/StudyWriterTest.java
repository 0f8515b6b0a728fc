package karuta.study.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import karuta.study.Keyed;
import karuta.study.Located;
import karuta.study.Study;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyWriterTest {

    @Test
    void writesAsAPersonWould() {
        var text = StudyWriter.write(StudyReader.parse("s.yaml", StudyReaderTest.EXAMPLE));
        assertEquals("""
            study: quickstart
            seeds: [1, 2]
            backbone: tiny
            encoder: {id: clip, path: /models/clip, dtype: bf16}
            benchmark: {id: cards, train: 1000, test: 100}
            tasks: [scienceqa, textvqa]
            training: {rate: 0.05, steps: 80, batch: 32, warmup: 0.03, clip: 1, decay: 0, betas: [0.9, 0.95]}
            arms:
              modalprompt:
                learner: prompt
                pool: {id: prototype, length: 8}
                selector: {id: dual, k: 3}
                fusion: concat
              replay:
                baseline: {id: replay, buffer: 160}
                over: {baseline: {id: lora, rank: 8, targets: [q_proj, v_proj]}}
                training: {rate: 0.003}
              oracle:
                analysis: true
                learner: prompt
                pool: prototype
                selector: oracle
                fusion: concat
            """, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                StudyReaderTest.EXAMPLE,
                "study: p\n"
                        + "seeds: [-7, 9223372036854775807]\n"
                        + "pretraining: {id: tiny, note: 'null', empty: '', list: []}",
                "study: p\n"
                        + "seeds: [1]\n"
                        + "pretraining: {id: tiny, a: \"x: y # z\", b: \"two\\n"
                        + "lines\", c: ' [', d: ~x, e: 'é'}",
                "study: s\nseeds: [1]\nbackbone: a\nencoder: b\nbenchmark: c\narms: {m: {learner: l}}\n"
                        + "slurm: {tasks: 4, options: {partition: gpu, time: '4:00:00', exclusive: ''}}",
                "study: f\nseeds: [1]\nbackbone: a\nencoder: b\nbenchmark: c\narms: {m: {from: runs/a b, learner: l}}",
                "study: o\nseeds: [1]\nbackbone: a\nencoder: b\nbenchmark: c\norders: {x: [a, b], y: [b, a]}\n"
                        + "watch: [c, d]\n"
                        + "training: {rate: 2e-5, betas: [0.8, 0.99]}\narms: {m: {learner: l}}"
            })
    void whatIsWrittenIsReadEqually(String text) {
        var study = StudyReader.parse("s.yaml", text);
        var again = StudyReader.parse("s.yaml", StudyWriter.write(study));
        assertTrue(EcoreUtil.equals(withoutPlaces(study), withoutPlaces(again)), StudyWriter.write(study));
    }

    private static Study withoutPlaces(Study study) {
        study.setText(null);
        var all = new ArrayList<EObject>(List.of(study));
        study.eAllContents().forEachRemaining(all::add);
        for (var object : all) {
            if (object instanceof Located located) {
                located.setLine(0);
                located.setColumn(0);
            }
            if (object instanceof Keyed keyed) {
                keyed.getPlaces().clear();
            }
        }
        return study;
    }

    @Test
    void theBundleOfAStrategyIsKept() {
        var text = StudyReaderTest.EXAMPLE.replace("{id: dual, k: 3}", "{id: dual, k: 3, bundle: my.lab}");
        var study = StudyReader.parse("s.yaml", text);
        var selector = study.getArms().get(0).getParts().get(1);
        assertEquals("my.lab", selector.getBundle());
        assertEquals(1, selector.getOptions().size(), "it is no option");
        var written = StudyWriter.write(study);
        assertTrue(written.contains("selector: {id: dual, bundle: my.lab, k: 3}"), written);
        assertEquals(written, StudyWriter.write(StudyReader.parse("s.yaml", written)));
    }
}
