package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import karuta.api.Forward;
import karuta.api.Gradient;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.TrainingStep;

/** Looks at a learner while it learns and answers, and tells what it found. */
interface Watch {

    /** The learner and its parts have begun a stage. */
    default void begun(Trial trial, Stage stage) {}

    /** The learner has said what it trains in a phase. */
    default void declared(List<Parameter> parameters) {}

    /** The learner has said what goes into the backbone, in training or not. */
    default void prompted(Trial trial, List<PromptedInput> prompted, boolean training) {}

    /** The learner has given the loss terms of a batch; with recording. */
    default void scored(Trial trial, Forward forward, TrainingStep step, Map<String, NDArray> terms) {}

    /** The gradients of a step have been computed. */
    default void differentiated(List<Gradient> gradients) {}

    /** The learner and its parts have ended a stage. */
    default void ended(Trial trial, Stage stage) {}

    /** What was found. */
    Outcome verdict();
}
