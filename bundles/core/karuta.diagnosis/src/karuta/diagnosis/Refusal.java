package karuta.diagnosis;

/** A jar is not looked at any further. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String cure;

    Refusal(Fault fault, String what, String cure) {
        super(what);
        this.fault = fault;
        this.cure = cure;
    }

    Finding at(String where) {
        return new Finding(fault, where, getMessage(), cure);
    }
}
