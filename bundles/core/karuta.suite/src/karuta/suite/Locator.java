package karuta.suite;

/** Says where the files of tasks are. */
interface Locator {

    /** @throws karuta.api.KarutaException if nobody says where the task's files are */
    TaskFiles find(SuiteTask task);

    /** What says so, for notes. */
    String name();
}
