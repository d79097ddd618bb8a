package id.detak.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.platform.DataFolder;
import id.detak.strip.KnownLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndicatorSeedTest {

    private static final String HEADER = "code,labels,name_id,name_en,kind,unit,decimals\n";

    @TempDir
    Path folder;

    private List<IndicatorSeed> seeds(String rows) throws IOException {
        Files.writeString(folder.resolve("indicators.csv"), HEADER + rows);
        return IndicatorSeed.of(new DataFolder(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LQ45", "lq45", "SAHAM45|LQ45"})
    void labelsOfAnotherCodeAreRejectedWithTheirLine(String labels) {
        assertThatThrownBy(
                        () -> seeds("NEW,NEW,Baru,New,index,points,2\nMINE," + labels + ",Milik,Mine,index,points,2\n"))
                .isInstanceOf(BadDataFileException.class)
                .hasMessageContaining("indicators.csv, line 3: the label '")
                .hasMessageContaining("belongs to the code LQ45. Write LQ45 as the code of this row");
    }

    @Test
    void rowReplacesTheBuiltInOneOfItsCode() throws IOException {
        assertThat(seeds("LQ45,LQ45|LIQ45,Indeks,Index,index,points,1\n"))
                .filteredOn(seed -> seed.code().equals("LQ45"))
                .singleElement()
                .satisfies(seed -> assertThat(seed.labels()).containsExactly("LQ45", "LIQ45"));
    }

    @Test
    void labelCanMoveFromABuiltInCode() throws IOException {
        List<IndicatorSeed> seeds = seeds("IHSG,IHSG,IHSG,IHSG,index,points,2\nIDX,IDX,Indeks,Index,index,points,2\n");
        assertThat(IndicatorSeed.labels(seeds))
                .contains(new KnownLabel("IHSG", "IHSG", 2), new KnownLabel("IDX", "IDX", 2))
                .doesNotContain(new KnownLabel("IHSG", "IDX", 2));
    }
}
