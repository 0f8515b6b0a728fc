package karuta.app;

import java.util.Map;
import karuta.engine.catalog.Options;
import karuta.engine.catalog.StrategyType;
import karuta.study.KarutaFactory;
import karuta.study.StrategyReference;
import karuta.study.file.StudyProblems;

/**
 * Options of a strategy as the command line gives them.
 *
 * @param values by name; a list has commas
 */
record GivenOptions(Map<String, String> values) {

    /**
     * As a component factory takes them.
     *
     * @throws karuta.study.file.StudyException with every mistake
     */
    Map<String, Object> of(StrategyType type) {
        var problems = new StudyProblems("option");
        var typed = Options.read(type, reference(), problems);
        problems.throwIfAny();
        return typed;
    }

    private StrategyReference reference() {
        var reference = KarutaFactory.eINSTANCE.createStrategyReference();
        values.forEach((key, value) -> {
            var option = KarutaFactory.eINSTANCE.createOption();
            option.setKey(key);
            for (var text : value.split(",")) {
                var word = KarutaFactory.eINSTANCE.createWord();
                word.setText(text);
                option.getValues().add(word);
            }
            option.setList(option.getValues().size() > 1);
            reference.getOptions().add(option);
        });
        return reference;
    }
}
