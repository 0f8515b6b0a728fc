package karuta.engine.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The processor, as far as bits depend on it.
 *
 * @param model as its maker calls it
 * @param flags what it can do, as Linux names it; empty elsewhere
 */
record Processor(String model, Set<String> flags) {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** What PyTorch 2.7 asks a processor for before it takes its kernels of a level (aten/src/ATen/native/DispatchStub.cpp). */
    private static final Map<String, List<String>> LEVELS = Map.of(
            "AVX512", List.of("avx512f", "avx512vl", "avx512bw", "avx512dq", "fma"), "AVX2", List.of("avx2", "fma"));

    /** With these the user takes other kernels of PyTorch and its libraries. */
    private static final List<String> CHOICES =
            List.of("ATEN_CPU_CAPABILITY", "MKL_CBWR", "MKL_ENABLE_INSTRUCTIONS", "ONEDNN_MAX_CPU_ISA");

    /** That of this machine. */
    static Processor here() {
        try {
            return read(Files.readString(CPUINFO, StandardCharsets.ISO_8859_1));
        } catch (IOException elsewhere) {
            var arch = System.getProperty("os.arch");
            return new Processor(
                    Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")).orElse(arch), Set.of());
        }
    }

    /** What Linux says of the first one. */
    static Processor read(String cpuinfo) {
        var facts = cpuinfo.lines()
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.split("\\s*:\\s*", 2))
                .filter(fact -> fact.length == 2)
                .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1], (one, other) -> one));
        var model = Optional.ofNullable(facts.get("model name"))
                .or(() -> Optional.ofNullable(facts.get("CPU part")).map(part -> "ARM part " + part))
                .orElse(System.getProperty("os.arch"));
        var flags = Optional.ofNullable(facts.get("flags")).or(() -> Optional.ofNullable(facts.get("Features")));
        return new Processor(
                model,
                flags.stream()
                        .flatMap(all -> Arrays.stream(all.split("\\s+")))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * The level of PyTorch's own kernels, found by the rule that PyTorch follows, since it cannot be asked from here; with
     * the choices that the user has made by variables.
     */
    String kernels(Map<String, String> environment) {
        var chosen = new TreeMap<String, String>();
        CHOICES.stream().filter(environment::containsKey).forEach(name -> chosen.put(name, environment.get(name)));
        return (flags.isEmpty() ? "unknown" : level(flags)) + (chosen.isEmpty() ? "" : " " + chosen);
    }

    private static String level(Collection<String> flags) {
        return List.of("AVX512", "AVX2").stream()
                .filter(level -> flags.containsAll(LEVELS.get(level)))
                .findFirst()
                .orElse("DEFAULT");
    }
}
