package karuta.suite;

import static karuta.suite.Tree.test;
import static karuta.suite.Tree.train;

import java.nio.file.Path;

/** Two samples of every task of CoIN, in its own folders. */
final class CoinTree {

    static final String ORIGINAL = "playground/Instructions_Original/";

    private CoinTree() {}

    static Tree in(Path root) {
        var tree = new Tree(root);
        scienceQa(tree);
        textVqa(tree);
        plain(tree, "ImageNet", "ImageNet_withlabel/val/", "test.json");
        gqa(tree);
        plain(tree, "VizWiz", "VizWiz/", "val.json");
        grounding(tree);
        plain(tree, "VQAv2", "COCO2014/train2014/", "val.json");
        plain(tree, "OCRVQA", "OCR-VQA/images/", "test.json");
        return tree;
    }

    private static void scienceQa(Tree tree) {
        tree.images("cl_dataset/ScienceQA/images/test/11/image.png")
                .list(
                        ORIGINAL + "ScienceQA/train.json",
                        train("1", "", "Is ice hot?\\nA. yes\\nB. no", "B"),
                        train("2", "ScienceQA/images/test/11/image.png", "Which?\\nA. this\\nB. that", "A"))
                .list(
                        ORIGINAL + "ScienceQA/test.json",
                        test("11", "ScienceQA/images/test/11/image.png", "What is it?\\nA. cat\\nB. dog\\nC. owl", "C"),
                        "{'question_id': '12', 'text': 'Is fire cold?\\nA. yes\\nB. no', 'answer': 'B'}")
                .file("cl_dataset/ScienceQA/pid_splits.json", "{'train': ['1', '2'], 'test': ['11', '12']}")
                .file(
                        "cl_dataset/ScienceQA/problems.json",
                        "{'11': {'choices': ['cat', 'dog', 'owl'], 'answer': 2}, '12': {'choices': ['yes', 'no'],"
                                + " 'answer': 1}, '1': {'choices': ['yes', 'no'], 'answer': 1}}");
    }

    private static void textVqa(Tree tree) {
        tree.images("cl_dataset/TextVQA/train_images/a.png", "cl_dataset/TextVQA/train_images/b.png")
                .list(
                        ORIGINAL + "TextVQA/train.json",
                        train("t1", "TextVQA/train_images/a.png", "What stands there?", "stop"))
                .list(
                        ORIGINAL + "TextVQA/val.json",
                        test("34602", "TextVQA/train_images/b.png", "What is written?\\nReference OCR token: go", "go"))
                .file(
                        "cl_dataset/TextVQA/TextVQA_0.5.1_val.json",
                        "{'dataset_type': 'val', 'data': [{'question_id': 34602, 'answers': ['go', 'go', 'go', 'Go!', 'go',"
                                + " 'go', 'stop', 'go', 'go', 'go']}, {'question_id': 34603, 'answers': ['x']}]}");
    }

    private static void gqa(Tree tree) {
        tree.images("cl_dataset/GQA/images/1.png", "cl_dataset/GQA/images/2.png")
                .list(ORIGINAL + "GQA/train.json", train("g1", "GQA/images/1.png", "Is it red?", "yes"))
                .list(
                        ORIGINAL + "GQA/test.json",
                        test("201", "GQA/images/2.png", "Is it blue?", "no"),
                        test("202", "GQA/images/2.png", "What is it?", "ball"))
                .file(
                        "cl_dataset/GQA/testdev_balanced_questions.json",
                        "{'201': {'answer': 'no', 'isBalanced': true, 'types': {'structural': 'verify'}}, '202': {'answer':"
                                + " 'ball', 'isBalanced': true, 'types': {'structural': 'query'}}}");
    }

    private static void grounding(Tree tree) {
        tree.images("cl_dataset/COCO2014/train2014/r.png", "cl_dataset/COCO2014/train2014/s.png")
                .list(
                        ORIGINAL + "Grounding/train.json",
                        train("r1", "COCO2014/train2014/r.png", "Where is the cup?", "[0.10,0.20,0.55,0.60]"))
                .list(
                        ORIGINAL + "Grounding/test.json",
                        "{'question_id': 'g1', 'image': 'COCO2014/train2014/s.png', 'text': 'Where is the hat?',"
                                + " 'answer_bbox': '[0.10,0.20,0.55,0.60]', 'size': [640, 480]}");
    }

    private static void plain(Tree tree, String folder, String images, String test) {
        tree.images("cl_dataset/" + images + folder + "1.png", "cl_dataset/" + images + folder + "2.png")
                .list(
                        ORIGINAL + folder + "/train.json",
                        train("1", images + folder + "1.png", "What is it?", "a cat"),
                        train("2", images + folder + "1.png", "Is it big?", "no"))
                .list(ORIGINAL + folder + "/" + test, test("7", images + folder + "2.png", "What is it?", "a dog"));
    }
}
