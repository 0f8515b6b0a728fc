package karuta.engine.run;

import java.io.IOException;
import java.util.Optional;
import karuta.files.FolderLock;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.record.DamagedRecordException;
import karuta.study.record.RunFolder;

/**
 * A folder as it was found. Whoever has it may write its record, remove it and give the folder back at any moment, so that two
 * looks need not fit together: there is one.
 *
 * @param held whether somebody has it; if not, nobody takes it until the claim is made
 * @param run its record, if it can be read
 * @param damage why it cannot be, if it is there
 */
record SeenFolder(RunFolder folder, boolean held, Optional<Run> run, Optional<DamagedRecordException> damage) {

    /** Looks. */
    static SeenFolder at(RunFolder folder) throws IOException {
        var held = FolderLock.isHeld(folder.path()); // first: the record of one that is given back now is there by now
        try {
            var run = folder.hasRecord() ? Optional.of(folder.readRecord()) : Optional.<Run>empty();
            return new SeenFolder(folder, held, run, Optional.empty());
        } catch (DamagedRecordException damaged) {
            return new SeenFolder(folder, held, Optional.empty(), Optional.of(damaged));
        }
    }

    /** It may become, or may just have become, the folder of any run of its name. */
    boolean isAboutToBegin() {
        return held && run.isEmpty();
    }

    boolean isOf(Run wanted) {
        return run.filter(known -> RunId.same(known, wanted)).isPresent();
    }

    /** Of records of one run. */
    int rank() {
        var finished =
                run.filter(known -> known.getStatus() == RunStatus.FINISHED).isPresent();
        return finished
                ? Integer.MAX_VALUE
                : held ? Integer.MAX_VALUE - 1 : run.orElseThrow().getStages().size();
    }

    /** How a run stands, by this folder alone. */
    Forecast.Standing standing(Run wanted) {
        if (damage.isPresent()) {
            return Forecast.Standing.MISSING; // it will be set aside
        }
        if (!isOf(wanted)) {
            return isAboutToBegin() ? Forecast.Standing.RUNNING : Forecast.Standing.MISSING;
        }
        return switch (run.orElseThrow().getStatus()) {
            case FINISHED -> Forecast.Standing.FINISHED;
            case FAILED -> held ? Forecast.Standing.RUNNING : Forecast.Standing.FAILED;
            default -> held ? Forecast.Standing.RUNNING : Forecast.Standing.BEGUN;
        };
    }
}
