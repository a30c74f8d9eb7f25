package dev.keysmith.war.panel.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListViewTest {

  private static ListView<Integer> load(int total, String... parameters) {
    ListQuery query =
        ListQuery.of(
            Requests.with(parameters), "/panel/users", List.of("id"), List.of("text", "status"));
    return ListView.load(query, request -> slice(request, total));
  }

  private static Slice<Integer> slice(PageRequest request, int total) {
    List<Integer> items =
        IntStream.range(request.offset(), Math.min(total, request.offset() + request.limit()))
            .boxed()
            .toList();
    return new Slice<>(items, total, false, request.offset(), request.limit());
  }

  @Test
  void goesOnBehindThePagesThatWereCounted() {
    ListView<Integer> list =
        ListView.load(
            ListQuery.of(Requests.with("page", "2"), "/panel/audit", List.of(), List.of()),
            request -> {
              Slice<Integer> known = slice(request, 100);
              return new Slice<>(known.items(), 100, true, known.offset(), known.limit());
            });

    assertThat(list.isMore()).isTrue();
    assertThat(list.getPages()).isEqualTo(2);
    assertThat(list.getNext()).isEqualTo("/panel/audit?page=3");
  }

  @Test
  void keepsFiltersAndOrderWhenThePageIsTurned() {
    ListView<Integer> list = load(120, "text", "Åse & co", "sort", "-name", "page", "2");

    assertThat(list.getFrom()).isEqualTo(51);
    assertThat(list.getTo()).isEqualTo(100);
    assertThat(list.getNext()).isEqualTo("/panel/users?text=%C3%85se+%26+co&sort=-name&page=3");
    assertThat(list.getPrevious()).isEqualTo("/panel/users?text=%C3%85se+%26+co&sort=-name");
  }

  @Test
  void beginsAtTheFirstPageWhenFiltersOrOrderChange() {
    ListView<Integer> list = load(120, "id", "7", "sort", "name", "page", "3");

    assertThat(list.with("status", "ACTIVE"))
        .isEqualTo("/panel/users?id=7&sort=name&status=ACTIVE");
    assertThat(list.sorted("name")).isEqualTo("/panel/users?id=7&sort=-name");
    assertThat(list.sorted("login")).isEqualTo("/panel/users?id=7&sort=login");
    assertThat(list.order("name")).isEqualTo("ascending");
    assertThat(list.order("login")).isEqualTo("none");
  }

  @Test
  void showsTheLastPageWhenTheOneAskedForIsBeyondTheEnd() {
    ListView<Integer> list = load(51, "page", "9");

    assertThat(list.getPage()).isEqualTo(2);
    assertThat(list.getItems()).containsExactly(50);
    assertThat(list.getNext()).isEmpty();
  }

  @Test
  void takesNonsenseInTheAddressForTheFirstPage() {
    assertThat(load(51, "page", "-1").getPage()).isEqualTo(1);
    assertThat(load(51, "page", "99999999999999999999").getPage()).isEqualTo(1);
  }

  @Test
  void tellsOfAFilterThatTheListDoesNotHave() {
    ListQuery query =
        ListQuery.of(Requests.with("status", "X"), "/panel/users", List.of(), List.of("status"));
    ListView<Integer> list =
        ListView.load(
            query,
            request -> {
              throw ProblemException.invalid(ProblemMessage.FIELD_WRONG);
            });

    assertThat(list.problem()).isPresent();
    assertThat(list.isEmpty()).isTrue();
    assertThat(list.getCleared()).isEqualTo("/panel/users");
  }
}
