package karuta.lmm.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.PromptedInput;
import karuta.api.QueryEmbeddings;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.text.LlavaPromptTokenizer;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/** What the decoder would read of queries. */
public final class EmbeddedQueries {

    private EmbeddedQueries() {}

    /** The queries of samples, with the samples' adapters of the projector. */
    public static List<QueryEmbeddings> of(LlavaModel model, LlavaPromptTokenizer tokens, List<PromptedInput> batch) {
        var about = batch.stream()
                .filter(sample -> !sample.input().vision().isEmpty())
                .toList();
        var visual = about.isEmpty() ? Optional.<NDArray>empty() : Optional.of(VisualTokens.of(model, about));
        var queries = new ArrayList<QueryEmbeddings>();
        var from = 0;
        for (var sample : batch) {
            var to = from + sample.input().vision().size() * model.config().imageTokens();
            var rows = new NDIndex(from + ":" + to);
            var image = from == to ? Optional.<NDArray>empty() : visual.map(all -> all.get(rows));
            queries.add(new QueryEmbeddings(
                    text(model, tokens, sample.input().query().instruction()), image));
            from = to;
        }
        return queries;
    }

    private static NDArray text(LlavaModel model, LlavaPromptTokenizer tokens, String instruction) {
        var ids = Tensors.of(model.imageEncoder().manager(), tokens.instruction(instruction));
        return Autograd.noGrad(() -> Ops.cast(model.llama().embed(ids), DataType.FLOAT32));
    }
}
