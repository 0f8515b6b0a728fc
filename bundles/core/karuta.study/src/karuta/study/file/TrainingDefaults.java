package karuta.study.file;

import java.util.Optional;
import karuta.study.Arm;
import karuta.study.KarutaFactory;
import karuta.study.KarutaPackage;
import karuta.study.Study;
import karuta.study.Training;

/** Settles how an arm is trained: its own settings before those of the study before the defaults. */
public final class TrainingDefaults {

    private TrainingDefaults() {}

    /**
     * What holds for an arm.
     *
     * @return a new object in which every setting is set, but only one of steps and epochs
     */
    public static Training of(Study study, Arm arm) {
        var settled = KarutaFactory.eINSTANCE.createTraining();
        Optional.ofNullable(study.getTraining()).ifPresent(training -> overlay(settled, training));
        Optional.ofNullable(arm.getTraining()).ifPresent(training -> overlay(settled, training));
        for (var setting : KarutaPackage.Literals.TRAINING.getEAttributes()) {
            var other = setting == KarutaPackage.Literals.TRAINING__STEPS
                    || setting == KarutaPackage.Literals.TRAINING__EPOCHS && settled.isSetSteps();
            if (!other && !settled.eIsSet(setting)) {
                settled.eSet(setting, setting.getDefaultValue());
            }
        }
        return settled;
    }

    private static void overlay(Training below, Training above) {
        if (above.isSetSteps()) {
            below.unsetEpochs();
        }
        if (above.isSetEpochs()) {
            below.unsetSteps();
        }
        for (var setting : KarutaPackage.Literals.TRAINING.getEAttributes()) {
            if (above.eIsSet(setting)) {
                below.eSet(setting, above.eGet(setting));
            }
        }
    }
}
