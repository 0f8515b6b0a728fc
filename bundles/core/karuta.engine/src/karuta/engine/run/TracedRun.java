package karuta.engine.run;

import java.util.Map;
import karuta.engine.loop.RunListener;
import karuta.study.record.Trace;
import karuta.study.record.TraceRow;

/**
 * Follows a run and keeps its trace.
 *
 * @param watch is told all the same
 * @param trace gets a row for all that is to be compared
 */
record TracedRun(RunListener watch, Trace trace) implements RunListener {

    @Override
    public void proceed() {
        watch.proceed();
    }

    @Override
    public void trained(int stage, int step, int steps, Map<String, Double> losses) {
        watch.trained(stage, step, steps, losses);
    }

    @Override
    public void traced(TraceRow row) {
        trace.add(row);
    }

    @Override
    public void answered(int stage, String task, int samples) {
        watch.answered(stage, task, samples);
    }
}
