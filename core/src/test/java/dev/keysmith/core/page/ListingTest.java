package dev.keysmith.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {

  private static final Listing<AuditEntry> LISTING =
      Listing.of(AuditEntry.class, "action")
          .sortable("subjectLabel")
          .filter("begins", Filters.startsWith("subjectLabel"))
          .filter("contains", Filters.contains("subjectLabel"))
          .filter("kind", Filters.equal("actorKind", Actor.Kind::valueOf));

  @RegisterExtension final Core core = new Core();

  @BeforeEach
  void sevenEntries() throws Exception {
    String[] labels = {"Ann", "anna", "Bob", "100%", "100x", "a_b", "a!b"};
    core.inTransaction(
        () -> {
          for (int i = 0; i < labels.length; i++) {
            core.get(Audit.class)
                .record(
                    Actor.system(), "action." + i % 2, Subject.of("user", i, labels[i]), Map.of());
          }
          return null;
        });
  }

  private Slice<AuditEntry> slice(int offset, int limit, String sort, Map<String, String> filters)
      throws Exception {
    PageRequest request = new PageRequest(offset, limit, sort, filters);
    return core.inTransaction(() -> LISTING.slice(core.entities(), request));
  }

  private List<String> labels(String sort, Map<String, String> filters) throws Exception {
    return slice(0, 50, sort, filters).items().stream()
        .map(each -> each.subject().label())
        .toList();
  }

  @Test
  void countsAllAndReturnsAPart() throws Exception {
    Slice<AuditEntry> slice = slice(2, 3, "", Map.of());

    assertThat(slice.total()).isEqualTo(7);
    assertThat(slice.items()).hasSize(3);
    assertThat(slice(7, 3, "", Map.of()).total()).isEqualTo(7);
    assertThat(slice(9, 3, "", Map.of()).total()).isEqualTo(7);
    assertThat(slice(6, 3, "", Map.of()).total()).isEqualTo(7);
    assertThat(slice(0, 7, "", Map.of()).total()).isEqualTo(7);
  }

  @Test
  void countsAListThatGrowsForEverToItsLimitOnly() throws Exception {
    Listing<AuditEntry> counted = LISTING.countedTo(4);

    assertThat(counted(counted, 0, 2)).isEqualTo("2 items, total 4, more");
    assertThat(counted(counted, 4, 2)).isEqualTo("2 items, total 6, more");
    assertThat(counted(counted, 6, 2)).isEqualTo("1 items, total 7");
    assertThat(counted(counted, 9, 2)).isEqualTo("0 items, total 4, more");
    assertThat(counted(LISTING.countedTo(7), 0, 2)).isEqualTo("2 items, total 7");
  }

  private String counted(Listing<AuditEntry> listing, int offset, int limit) throws Exception {
    PageRequest request = new PageRequest(offset, limit, "", Map.of());
    Slice<AuditEntry> slice = core.inTransaction(() -> listing.slice(core.entities(), request));
    return slice.items().size() + " items, total " + slice.total() + (slice.more() ? ", more" : "");
  }

  @Test
  void showsEachItemOnceWhenPagesAreReadOneAfterTheOther() throws Exception {
    List<Long> ids = new ArrayList<>();
    for (int offset = 0; offset < 7; offset += 2) {
      slice(offset, 2, "-action", Map.of()).items().forEach(each -> ids.add(each.id()));
    }

    assertThat(ids).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void sortsBothWays() throws Exception {
    List<String> up = labels("subjectLabel", Map.of());
    List<String> down = new ArrayList<>(labels("-subjectLabel", Map.of()));
    java.util.Collections.reverse(down);

    assertThat(up).hasSize(7).isEqualTo(down);
  }

  @ParameterizedTest
  @CsvSource({
    "begins, AN, Ann anna",
    "contains, n, Ann anna",
    "begins, 100%, 100%",
    "begins, a_, a_b",
    "begins, a!, a!b",
    "contains, '''', ''"
  })
  void findsTextAsItIsWritten(String filter, String value, String expected) throws Exception {
    assertThat(String.join(" ", labels("id", Map.of(filter, value)))).isEqualTo(expected);
  }

  @Test
  void takesABlankFilterForNone() throws Exception {
    assertThat(labels("", Map.of("begins", " "))).hasSize(7);
  }

  @ParameterizedTest
  @CsvSource({"sort, actorName", "sort, id desc", "sort, -"})
  void refusesAnUnknownSort(String field, String sort) {
    refuses(field, sort, Map.of());
  }

  @Test
  void refusesAnUnknownFilterAndAnUnknownValue() {
    refuses("actorName", "", Map.of("actorName", "x"));
    refuses("kind", "", Map.of("kind", "GHOST"));
  }

  private void refuses(String field, String sort, Map<String, String> filters) {
    assertThatThrownBy(() -> slice(0, 5, sort, filters))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(ProblemException.Kind.INVALID);
              assertThat(problem.fields()).containsOnlyKeys(field);
            });
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, offset", "0, 0, limit", "0, 501, limit"})
  void refusesPartsOutOfBounds(int offset, int limit, String field) {
    assertThatThrownBy(() -> new PageRequest(offset, limit, "", Map.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.fields()).containsOnlyKeys(field));
  }
}
