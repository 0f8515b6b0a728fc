package karuta.speed;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The processor time of this process, garbage collection and compilation included. */
final class ProcessTime {

    private ProcessTime() {}

    /** Asked for by name, since not every Java has the class that the value belongs to. */
    static double seconds() {
        try {
            var system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
            return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(system, "ProcessCpuTime") / 1e9;
        } catch (JMException unknown) {
            return Double.NaN;
        }
    }
}
