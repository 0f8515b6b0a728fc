package karuta.app;

import java.util.Optional;
import karuta.engine.catalog.Doctor;
import karuta.engine.catalog.Dropins;
import karuta.engine.catalog.Strategies;
import karuta.lmm.check.Models;
import karuta.speed.Speed;
import org.eclipse.osgi.service.environment.EnvironmentInfo;
import org.eclipse.osgi.service.runnable.ParameterizedRunnable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The program: Equinox calls it on the main thread, and the exit code that it leaves is that of the process. */
@Component(property = "eclipse.application=karuta")
public final class Main implements ParameterizedRunnable {

    private final Dropins dropins;
    private final Strategies strategies;
    private final Doctor doctor;
    private final Models models;
    private final Speed speed;
    private final EnvironmentInfo environment;

    /** @param dropins referred to first, so that all strategies are in place */
    @Activate
    public Main(
            @Reference Dropins dropins,
            @Reference Strategies strategies,
            @Reference Doctor doctor,
            @Reference Models models,
            @Reference Speed speed,
            @Reference EnvironmentInfo environment) {
        this.dropins = dropins;
        this.strategies = strategies;
        this.doctor = doctor;
        this.models = models;
        this.speed = speed;
        this.environment = environment;
    }

    @Override
    public Object run(Object context) {
        var terminal = Terminal.ofProcess();
        TerminalLog.install(terminal);
        Lifeline.hold();
        var ending = Ending.watch(strategies, terminal);
        var arguments = Optional.ofNullable(environment.getNonFrameworkArgs()).orElseGet(() -> new String[0]);
        if (arguments.length == 0 || !arguments[0].equals(DoctorCommand.NAME)) { // which tells them itself
            dropins.findings().forEach(found -> terminal.warn(found.text()));
        }
        var code = CommandLines.of(strategies, doctor, models, speed, terminal).execute(arguments);
        var told = ending.regular(code);
        if (doctor.isLeftWithCode()) { // the framework would wait for it
            terminal.out().flush();
            Runtime.getRuntime().halt(told);
        }
        System.setProperty("eclipse.exitcode", Integer.toString(told)); // Equinox reads nothing else
        return told;
    }
}
