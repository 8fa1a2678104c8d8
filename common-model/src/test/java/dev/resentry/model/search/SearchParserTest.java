package dev.resentry.model.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SearchParserTest {

    @Test
    void readsWordsThatFollowEachOtherAsOneText() {
        assertThat(SearchParser.parse("file not found level:error"))
                .isEqualTo(new SearchNode.And(List.of(
                        new SearchNode.Text("file not found", 0),
                        new SearchNode.Term(
                                new SearchKey(SearchKey.Kind.NAME, "level"),
                                SearchOperator.EQUALS,
                                new SearchValue.One("error", 21),
                                15))));
    }

    @Test
    void saysWhereAValueIsMissing() {
        assertThatThrownBy(() -> SearchParser.parse("level:"))
                .isInstanceOf(SearchFault.class)
                .hasMessage("Empty string after 'level:'");
    }
}
