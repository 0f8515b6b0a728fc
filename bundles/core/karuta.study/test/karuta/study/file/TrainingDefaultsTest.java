package karuta.study.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import karuta.study.KarutaFactory;
import karuta.study.Training;
import org.junit.jupiter.api.Test;

class TrainingDefaultsTest {

    @Test
    void theArmComesBeforeTheStudyAndTheStudyBeforeTheDefaults() {
        var above = KarutaFactory.eINSTANCE.createTraining();
        above.setRate(0.003);
        var below = KarutaFactory.eINSTANCE.createTraining();
        below.setRate(0.05);
        below.setBatch(32);
        var settled = settle(below, above);
        assertEquals(0.003, settled.getRate());
        assertEquals(32, settled.getBatch());
        assertEquals(1.0, settled.getClip());
        assertTrue(settled.isSetClip());
    }

    @Test
    void stepsAndEpochsReplaceEachOther() {
        var steps = KarutaFactory.eINSTANCE.createTraining();
        steps.setSteps(80);
        var epochs = KarutaFactory.eINSTANCE.createTraining();
        epochs.setEpochs(3);
        assertFalse(settle(steps, epochs).isSetSteps());
        assertEquals(3, settle(steps, epochs).getEpochs());
        assertFalse(settle(epochs, steps).isSetEpochs());
        assertEquals(80, settle(epochs, steps).getSteps());
    }

    @Test
    void withoutSettingsTheDefaultsHold() {
        var settled = TrainingDefaults.of(KarutaFactory.eINSTANCE.createStudy(), KarutaFactory.eINSTANCE.createArm());
        assertEquals(2e-4, settled.getRate());
        assertEquals(10, settled.getEpochs());
        assertFalse(settled.isSetSteps());
    }

    private static Training settle(Training ofStudy, Training ofArm) {
        var study = KarutaFactory.eINSTANCE.createStudy();
        study.setTraining(ofStudy);
        var arm = KarutaFactory.eINSTANCE.createArm();
        arm.setTraining(ofArm);
        return TrainingDefaults.of(study, arm);
    }
}
