package karuta.diagnosis;

import java.util.Locale;

/** What can be wrong with a jar, in the order in which it shows. */
public enum Fault {
    /** It is not there, or nobody may read it. */
    NO_FILE(Weight.REFUSED),
    /** It is no zip, or a damaged one. */
    BROKEN_ZIP(Weight.REFUSED),
    /** It unpacks to far more than it is. */
    BOMB(Weight.REFUSED),
    /** It has no manifest that makes it a bundle. */
    NO_BUNDLE(Weight.REFUSED),
    /** A header of the manifest is missing or says what cannot be. */
    HEADER(Weight.WRONG),
    /** Its classes are for a newer Java. */
    JAVA(Weight.WRONG),
    /** It was built for other contracts. */
    CONTRACTS(Weight.WRONG),
    /** The same bundle is there already. */
    TWICE(Weight.WRONG),
    /** It brings nothing that a study can use. */
    NOTHING(Weight.WRONG),
    /** A class implements a contract, and nothing makes it a component. */
    NO_COMPONENT(Weight.WRONG),
    /** A component description cannot be read, or is not there. */
    DESCRIPTION(Weight.WRONG),
    /** A component has a factory that is none of Karuta's, or not that of its class. */
    FACTORY(Weight.WRONG),
    /** A component names a class that is not there. */
    NO_CLASS(Weight.WRONG),
    /** A component's class cannot be made by anybody. */
    NOT_PUBLIC(Weight.WRONG),
    /** The options are not described, or wrongly. */
    OPTIONS(Weight.WRONG),
    /** It calls what ends the whole program. */
    EXIT(Weight.WRONG),
    /** It uses a package that its manifest does not import. */
    NOT_IMPORTED(Weight.WRONG),
    /** Nobody has the package that it imports. */
    PACKAGE(Weight.WRONG),
    /** The package that it imports is there in other versions only. */
    VERSION(Weight.WRONG),
    /** Something else that it requires is not there. */
    REQUIREMENT(Weight.WRONG),
    /** A component waits for a service that nobody provides. */
    SERVICE(Weight.WRONG),
    /** Components wait for each other. */
    CYCLE(Weight.WRONG),
    /** Several bundles bring a strategy of one kind and id. */
    SAME_ID(Weight.WRONG),
    /** A static initialiser throws. */
    INITIALISER(Weight.WRONG),
    /** A constructor throws. */
    CONSTRUCTOR(Weight.WRONG),
    /** A constructor or a static initialiser does not come to an end. */
    ENDLESS(Weight.WRONG),
    /** A native library does not load. */
    NATIVE(Weight.WRONG),
    /** Something that it was compiled against is another one here. */
    LINKAGE(Weight.WRONG),
    /** Its numbers may change without a word. */
    MEMORY(Weight.WRONG),
    /** A study has a mistake. */
    STUDY(Weight.WRONG),
    /** Something was not tried. */
    UNTRIED(Weight.NOTE);

    /** How bad it is. */
    public enum Weight {
        /** The jar stays outside. */
        REFUSED,
        /** Something does not work. */
        WRONG,
        /** Only to be known. */
        NOTE
    }

    private final Weight weight;

    Fault(Weight weight) {
        this.weight = weight;
    }

    /** How bad it is. */
    public Weight weight() {
        return weight;
    }

    /** As machines read it: {@code broken-zip}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
