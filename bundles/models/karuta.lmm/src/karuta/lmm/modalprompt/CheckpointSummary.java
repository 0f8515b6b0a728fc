package karuta.lmm.modalprompt;

import java.util.ArrayList;
import java.util.Set;
import karuta.lmm.modalprompt.CheckpointLayout.Sizes;

/**
 * What a user should know about a checkpoint.
 *
 * @param layout where it has what
 * @param sizes what its shapes say
 * @param length rows of a prompt
 * @param names of all its tensors
 */
record CheckpointSummary(CheckpointLayout layout, Sizes sizes, int length, Set<String> names) {

    /** Several lines. */
    @Override
    public String toString() {
        var lines = new ArrayList<String>();
        var tasks = layout.transforms();
        lines.add("found " + tasks + " task(s): a prompt [" + length + ", " + sizes.hidden() + "] and a transform to ["
                + sizes.features() + "] each");
        if (sizes.planned() > tasks) {
            lines.add("left out: " + (sizes.planned() - tasks)
                    + " prompt(s) of later tasks, which have no transform yet");
        } else {
            lines.add("note: task " + tasks + " is the last one planned, and its prompt may be untrained: ModalPrompt's"
                    + " released code then resets it at every step, so that only its transform learns");
        }
        lines.add("left out: the vocabulary's rows, which may have moved by one step of the optimiser"
                + (names.stream().anyMatch(name -> name.contains("mm_projector."))
                        ? ", and mm_projector, which was trained along; a study has those of its backbone"
                        : "; a study has those of its backbone"));
        return String.join("\n", lines);
    }
}
