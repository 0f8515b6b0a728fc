package karuta.tiny;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import karuta.api.Paper;
import karuta.api.Pretraining;
import karuta.api.RandomStream;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.config.LlavaConfig;
import karuta.safetensors.SafeTensorsWriter;
import karuta.tensor.TorchEngine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Makes the embedded models from nothing: {@code clip} and {@code llava}, two Hugging Face folders. The number of
 * steps is fixed, so equal draws give equal weights on equal machines with equal numbers of threads.
 */
@Component(name = "pretraining.tiny", factory = Pretraining.KIND)
@Designate(ocd = TinyPretraining.Options.class)
@Paper("Radford et al., Learning Transferable Visual Models From Natural Language Supervision, ICML 2021, section 2.3;"
        + " Liu et al., Improved Baselines with Visual Instruction Tuning, CVPR 2024, section 3")
public final class TinyPretraining implements Pretraining {

    /** What can be set. */
    @ObjectClassDefinition(
            name = "Pretraining of the embedded model",
            description = "Trains a small CLIP and a small LLaVA on pictures of the world of cards.")
    @interface Options {

        @AttributeDefinition(description = "Steps of the image tower and the text tower together", min = "1")
        int towerSteps() default 2900;

        @AttributeDefinition(description = "Steps of the text tower alone", min = "1")
        int textSteps() default 1100;

        @AttributeDefinition(description = "Steps of projector and decoder", min = "1")
        int answerSteps() default 3200;

        @AttributeDefinition(description = "Pictures that the last two stages learn from", min = "64")
        int pictures() default 20000;

        @AttributeDefinition(description = "Batches of 64 questions of each sort in the final exam", min = "0")
        int exam() default 4;
    }

    private final int towerSteps;
    private final int textSteps;
    private final int answerSteps;
    private final int pictures;
    private final int exam;

    @Activate
    public TinyPretraining(Options options) {
        this(options.towerSteps(), options.textSteps(), options.answerSteps(), options.pictures(), options.exam());
    }

    TinyPretraining(int towerSteps, int textSteps, int answerSteps, int pictures, int exam) {
        this.towerSteps = towerSteps;
        this.textSteps = textSteps;
        this.answerSteps = answerSteps;
        this.pictures = pictures;
        this.exam = exam;
    }

    @Override
    public void run(RandomStream draws, Path out, Progress progress) {
        TorchEngine.start();
        var vocabulary = new Vocabulary();
        var files = new ModelFiles(vocabulary);
        var clipFolder = out.resolve("clip");
        var llavaFolder = out.resolve("llava");
        files.clip(clipFolder);
        files.llava(llavaFolder);
        try (var manager = TorchEngine.manager(Device.cpu())) {
            var clipWeights = new InitialWeights(manager, InitialValues::clip, draws.fork("clip"));
            var clip = TinyClip.of(ClipConfig.read(clipFolder), clipWeights, vocabulary);
            new ClipStage(clip, manager, draws.fork("towers")).run(towerSteps, progress);
            var gallery = SceneSet.of(clip, manager, draws.fork("gallery"), pictures);
            new TextStage(clip, gallery, manager, draws.fork("text")).run(textSteps, progress);
            clipWeights.freeze();
            write(clipFolder, clipWeights.made());

            var llavaWeights = new InitialWeights(manager, TinyLlava::initial, draws.fork("llava"));
            var llava = TinyLlava.of(LlavaConfig.read(llavaFolder, Optional.empty()), llavaWeights);
            new AnswerStage(llava, vocabulary, gallery, manager, draws.fork("answers")).run(answerSteps, progress);
            llavaWeights.freeze();
            write(llavaFolder, named(clipWeights.made(), llavaWeights.made()));

            if (exam > 0) {
                examine(clip, llava, manager, draws, progress);
            }
        }
    }

    private void examine(TinyClip clip, TinyLlava llava, NDManager manager, RandomStream draws, Progress progress) {
        var unseen = SceneSet.of(clip, manager, draws.fork("unseen"), ModelEvaluation.BATCH * exam);
        var questions = new ModelEvaluation(clip.vocabulary(), unseen, manager, draws.fork("exam"), exam);
        progress.at("exam of CLIP", 1, 1, questions.retrieval(clip));
        progress.at("exam of LLaVA", 1, 1, questions.answers(llava));
    }

    /** Names as Transformers gives them to the parts of LLaVA. */
    private static Map<String, NDArray> named(Map<String, NDArray> clip, Map<String, NDArray> llava) {
        var all = new TreeMap<String, NDArray>();
        clip.forEach((name, weight) -> {
            if (name.startsWith("vision_model.")) {
                all.put("vision_tower." + name, weight);
            }
        });
        llava.forEach((name, weight) ->
                all.put(name.startsWith("multi_modal_projector.") ? name : "language_model." + name, weight));
        return all;
    }

    private static void write(Path folder, Map<String, NDArray> weights) {
        SafeTensorsWriter.write(folder.resolve("model.safetensors"), weights, Map.of("format", "pt"));
    }
}
