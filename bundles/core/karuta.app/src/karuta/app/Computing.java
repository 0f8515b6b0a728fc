package karuta.app;

import picocli.CommandLine.Option;

/** The options that say in which precision and where a model is computed. */
final class Computing {

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "fp32, bf16 or fp16 (default: ${DEFAULT-VALUE}).",
            defaultValue = "fp32")
    private String dtype = "fp32";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu, or gpu:0 and so on (default: ${DEFAULT-VALUE}).",
            defaultValue = "cpu")
    private String device = "cpu";

    String dtype() {
        return dtype;
    }

    String device() {
        return device;
    }
}
