package karuta.engine.run;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import karuta.api.Ability;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.engine.features.FrozenModels;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/**
 * What loaded models give, whatever they declare.
 *
 * @param models loaded
 */
record GivenAbilities(FrozenModels models) implements Predicate<Ability> {

    @Override
    public boolean test(Ability ability) {
        var backbone = models.backbone();
        var sizes = models.encoder().sizes();
        return switch (ability) {
            case IMAGE_FEATURES -> sizes.containsKey(Guidance.IMAGE);
            case TEXT_FEATURES -> sizes.containsKey(Guidance.TEXT);
            case ONE_WIDTH ->
                sizes.containsKey(Guidance.IMAGE) && sizes.get(Guidance.IMAGE).equals(sizes.get(Guidance.TEXT));
            case PROJECTOR -> !backbone.spec().projector().isEmpty();
            case WEIGHTS ->
                backbone.spec().linears().stream()
                        .limit(1)
                        .anyMatch(linear ->
                                can(() -> backbone.weight(linear.name()).size() > 0));
            case QUERY_EMBEDDINGS -> can(() -> backbone.embed(List.of()).isEmpty());
            case STORED_SAMPLES, TRUE_TASK -> true; // the study gives them
        };
    }

    private static boolean can(BooleanSupplier work) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(work::getAsBoolean);
        } catch (KarutaException refused) {
            return false;
        }
    }
}
