package karuta.lmm.peft;

import java.util.List;
import java.util.Optional;
import karuta.lmm.config.LlavaConfig.Layout;
import karuta.lmm.config.LlavaNames;

/**
 * Paths of the decoder's modules as PEFT names them, which depend on the model's class.
 *
 * @param decoder what stands before {@code layers.0...}
 */
record ModulePath(String decoder) {

    private static final String TRANSFORMERS = "model.language_model.";
    private static final String TRANSFORMERS_BEFORE_4_52 = "language_model.model.";
    private static final String ORIGINAL = "model.";
    private static final String WEIGHT = ".weight";

    /** As today's PEFT writes a path. */
    static ModulePath of(Layout layout) {
        return new ModulePath(layout == Layout.TRANSFORMERS ? TRANSFORMERS : ORIGINAL);
    }

    /** How the decoder's layers are named in a path; nothing, if it leads elsewhere. */
    static Optional<ModulePath> in(String path) {
        return List.of(TRANSFORMERS, TRANSFORMERS_BEFORE_4_52, ORIGINAL).stream()
                .filter(decoder -> path.startsWith(decoder + "layers."))
                .findFirst()
                .map(ModulePath::new);
    }

    String full(String linear) {
        return decoder + linear;
    }

    /** One naming of the modules for all layouts: the names that {@link LlavaNames} gives their weights. */
    static String canonical(String path) {
        return new LlavaNames()
                .apply(path + WEIGHT)
                .map(name -> name.substring(0, name.length() - WEIGHT.length()))
                .orElse(path);
    }

    /** The name of one of the decoder's linear layers; nothing for other modules. */
    static Optional<String> linearOf(String canonical) {
        return canonical.startsWith(ORIGINAL + "layers.")
                ? Optional.of(canonical.substring(ORIGINAL.length()))
                : Optional.empty();
    }
}
