package karuta.lmm.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageProcessorTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"crop_size": 336, "do_center_crop": true, "do_normalize": true, "do_resize": true,
                 "feature_extractor_type": "CLIPFeatureExtractor", "resample": 3, "size": 336,
                 "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711]}\
                """,
                """
                {"crop_size": {"height": 336, "width": 336}, "do_convert_rgb": true, "do_rescale": true, "resample": 3,
                 "image_processor_type": "CLIPImageProcessor", "rescale_factor": 0.00392156862745098,
                 "size": {"shortest_edge": 336}, "do_pad": null}\
                """,
            })
    void oldAndNewFilesMeanTheSame(String json) throws IOException {
        var processor = read("preprocessor_config.json", json);
        assertEquals(new ImageProcessor.Size.Shortest(336), processor.size());
        assertEquals(336, processor.width());
        assertEquals(336, processor.height());
        assertEquals(0.26862954, processor.deviation().get(0));
        assertEquals(false, processor.pad());
    }

    @Test
    void transformers5KeepsItWithTheProcessor() throws IOException {
        var processor = read("processor_config.json", """
            {"image_processor": {"crop_size": {"height": 28, "width": 20}, "size": {"height": 30, "width": 40},
             "do_pad": true}, "image_token": "<image>"}\
            """);
        assertEquals(new ImageProcessor.Size.Exact(40, 30), processor.size());
        assertEquals(20, processor.width());
        assertTrue(processor.pad());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"do_center_crop\": false}|do_center_crop = false",
                "{\"resample\": 2}|resample = 2",
                "{\"size\": 1e9}|size = 1e9",
                "{\"size\": 100000}|from 1 to 4096",
                "{\"size\": 100, \"crop_size\": 200}|a crop of 200 x 200",
                "{\"image_mean\": [0.5]}|with 1 means",
                "{\"image_mean\": \"x\"}|image_mean",
                "[]|preprocessor_config.json",
            })
    void whatIsNotImplementedIsRefused(String json, String message) {
        var error = assertThrows(KarutaException.class, () -> read("preprocessor_config.json", json));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void aMissingFileIsNamed() {
        var error = assertThrows(KarutaException.class, () -> ImageProcessor.read(folder));
        assertTrue(error.getMessage().contains("preprocessor_config.json"), error.getMessage());
    }

    @Test
    void imagesThatTheTowerDoesNotReadAreRefused() throws IOException {
        var json = "{\"size\": 40, \"crop_size\": {\"height\": 28, \"width\": 2}}";
        assertEquals(2, read("preprocessor_config.json", json).width());
        var error = assertThrows(KarutaException.class, () -> ImageProcessor.read(folder, 28));
        assertTrue(
                error.getMessage().contains("makes images of 2 x 28; the image tower reads 28 x 28"),
                error.getMessage());
    }

    private ImageProcessor read(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json);
        return ImageProcessor.read(folder);
    }
}
