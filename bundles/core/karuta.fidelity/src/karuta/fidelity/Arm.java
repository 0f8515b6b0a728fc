package karuta.fidelity;

import karuta.api.Fusion;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selector;

/**
 * The strategies of an arm that plays a pool, a selector and a fusion.
 *
 * @param learner who plays them
 * @param pool of prompts
 * @param selector of prompts
 * @param fusion of prompts
 * @param release frees what has been made of them; called after every play
 */
public record Arm(
        Part<? extends Learner> learner,
        Part<? extends PromptPool> pool,
        Part<? extends Selector> selector,
        Part<? extends Fusion> fusion,
        Runnable release) {}
