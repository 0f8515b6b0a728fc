package karuta.engine.run;

import java.util.ArrayList;
import java.util.List;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.StrategyConfig;
import karuta.engine.plan.StudyPlan;
import karuta.study.KarutaFactory;
import karuta.study.Option;
import karuta.study.Word;

/** Every option that the strategies of a run were made with, whether the study gives it or it is a default. */
final class ReadSettings {

    private final List<Option> settings = new ArrayList<>();

    private ReadSettings() {}

    static List<Option> of(StudyPlan.Shared shared, ArmPlan arm) {
        var read = new ReadSettings();
        read.add("", shared.backbone());
        read.add("", shared.encoder());
        read.add("", shared.benchmark());
        read.add("", arm);
        return read.settings;
    }

    private void add(String prefix, ArmPlan arm) {
        add(prefix, arm.learner());
        arm.parts().forEach(part -> add(prefix, part));
        arm.over().ifPresent(inner -> add(prefix + "over.", inner));
    }

    private void add(String prefix, StrategyConfig choice) {
        var place = prefix + choice.type().kind().key();
        choice.type()
                .options()
                .forEach(option -> choice.texts(option).ifPresent(values -> {
                    var setting = KarutaFactory.eINSTANCE.createOption();
                    setting.setKey(place + "." + option.name());
                    setting.setList(option.many());
                    values.stream().map(ReadSettings::word).forEach(setting.getValues()::add);
                    settings.add(setting);
                }));
        choice.over().ifPresent(inner -> add(place + ".over.", inner));
    }

    private static Word word(String text) {
        var word = KarutaFactory.eINSTANCE.createWord();
        word.setText(text);
        return word;
    }
}
