package karuta.bench.score.vqa;

import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Sample;
import karuta.bench.score.rule.Field;
import karuta.bench.score.rule.PythonText;

/** The figures of GQA that a question counts in, as far as its fields tell. */
final class GqaGroups {

    private GqaGroups() {}

    static Stream<String> of(Sample sample) {
        return Stream.of(
                        Field.STRUCTURAL.find(sample).map(type -> type.equals("query") ? "Open" : "Binary"),
                        Field.STRUCTURAL.find(sample).map(type -> "structural " + type),
                        Field.SEMANTIC.find(sample).map(type -> "semantic " + type),
                        steps(sample).map(count -> "steps " + count),
                        Field.QUESTION
                                .find(sample)
                                .map(question ->
                                        "words " + PythonText.words(question).size()))
                .flatMap(Optional::stream);
    }

    /** Those of the program, without the looking up at its end. */
    private static Optional<Long> steps(Sample sample) {
        var program = Field.PROGRAM.all(sample);
        return program.isEmpty()
                ? Optional.empty()
                : Optional.of(program.stream()
                        .filter(step ->
                                Stream.of("exist", "query: name", "choose name").noneMatch(step::contains))
                        .count());
    }
}
