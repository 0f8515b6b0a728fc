package karuta.method.keeplora;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Options of this learner. */
@ObjectClassDefinition(
        name = "KeepLoRA",
        description = "An adapter per task that starts from the task's gradient, outside of what is already taken.")
public @interface KeepLoraOptions {

    @AttributeDefinition(description = "Rank r of a task's adapter.", min = "1")
    int rank() default 32;

    @AttributeDefinition(description = "The adapter's output is scaled by alpha / rank.", min = "0")
    double alpha() default 8;

    @AttributeDefinition(
            description = "Share of a weight's energy up to which its directions are taken before all (eps_w).",
            min = "0",
            max = "1")
    double weightEnergy() default 0.6;

    @AttributeDefinition(
            description = "Share of a task's gradient energy that is taken after it (eps_f).",
            min = "0",
            max = "1")
    double gradientEnergy() default 0.99;

    @AttributeDefinition(
            description = "Share of a task's examples, evenly spaced, that its gradients are taken of.",
            min = "0",
            max = "1")
    double share() default 0.2;

    @AttributeDefinition(
            description =
                    "Layers whose gradients are taken in one pass over these examples. More are faster, as there is a pass for"
                            + " every so many layers, and each takes the memory of its weight three times in float32. 0: as many"
                            + " as fit into 1 GiB. The numbers are the same.",
            min = "0")
    int probes() default 0;

    @AttributeDefinition(
            description =
                    "Whether B starts at V S and the weight is shifted by it, as the paper says, or at zero, as its code"
                            + " does. Either way a task starts where the last one ended, and AdamW goes the same way from there,"
                            + " unless it has weight decay: that pulls B to zero.")
    boolean gradientStart() default true;

    @AttributeDefinition(
            description = "Linear layers that get adapters: names, last parts of names, or regular expressions.")
    String[] targets() default {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};
}
