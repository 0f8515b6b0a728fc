package karuta.speed;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import karuta.api.KarutaException;

/** Measures a LLaVA, alone or beside the same in Python. */
public interface Speed {

    /**
     * What to measure.
     *
     * @param model folder of a LLaVA in Transformers' layout
     * @param dtype of weights and arithmetic: fp32, bf16 or fp16
     * @param device such as cpu or gpu:0
     * @param threads of PyTorch in this process; the other side takes as many
     * @param batch rows
     * @param rounds in each of which both sides do each work once
     * @param exchange an existing folder for what both sides share
     */
    record BenchSpec(Path model, String dtype, String device, int threads, int batch, int rounds, Path exchange) {}

    /**
     * How the other side is started.
     *
     * @param python the interpreter, which has the libraries
     * @param script {@code releng/speed/peer.py}
     */
    record Peer(String python, Path script) {}

    /**
     * Measures. Both sides take turns, work by work; nothing else should be running.
     *
     * @param log how far it is
     * @throws KarutaException if the model cannot be loaded, or the other side ends early
     */
    Report measure(BenchSpec order, Optional<Peer> peer, Consumer<String> log);
}
