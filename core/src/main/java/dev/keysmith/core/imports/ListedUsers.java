package dev.keysmith.core.imports;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.page.CsvTable;
import dev.keysmith.core.userlist.UserList;
import dev.keysmith.spi.idp.DirectoryUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The steps of an import from a list: a few lines each, looked up one by one. */
@ApplicationScoped
@Transactional
class ListedUsers {

  private static final int STEP = 25;
  private static final int REPORT_STEP = 1_000;

  @PersistenceContext(unitName = "keysmith")
  EntityManager em;

  @Inject UserIntake intake;

  /** Keeps the lines of a list with its import. */
  void keep(ImportRun run, UserList list) {
    // Before its lines, which refer to it.
    em.flush();
    int failed = 0;
    for (UserList.Line line : list.lines()) {
      em.persist(new ImportLine(run.id(), line));
      failed += line.problem().isPresent() ? 1 : 0;
    }
    run.count(new ImportCounts(0, 0, 0, 0, 0, failed));
  }

  /** The next lines to look up; none at the end of the list. */
  List<ImportLine> next(ImportPosition at) {
    return em.createQuery(
            "select l from ImportLine l where l.runId = :run and l.line > :after"
                + " and l.problem is null order by l.line",
            ImportLine.class)
        .setParameter("run", at.importId())
        .setParameter("after", at.cursor().map(Integer::valueOf).orElse(0))
        .setMaxResults(STEP)
        .getResultList();
  }

  /** Stores what was found of some lines, and how far the import is. */
  Optional<ImportPosition> store(ImportPosition at, Map<ImportLine, LookedUpUser> found) {
    ImportRun run = em.find(ImportRun.class, at.importId(), LockModeType.PESSIMISTIC_WRITE);
    if (run == null || run.state().isOver()) {
      return Optional.empty();
    }
    run.works();
    if (found.isEmpty()) {
      run.listRead();
      return Optional.of(ImportPosition.of(run));
    }
    List<DirectoryUser> users = new ArrayList<>();
    int last = 0;
    int failed = 0;
    for (Map.Entry<ImportLine, LookedUpUser> each : found.entrySet()) {
      last = Math.max(last, each.getKey().line());
      Optional<Message> problem = each.getValue().problem();
      if (problem.isPresent()) {
        em.merge(each.getKey()).fail(problem.get());
        failed++;
      } else {
        users.add(each.getValue().user().orElseThrow());
      }
    }
    ImportTally tally = new ImportTally();
    intake.store(run, UserPage.of(users), tally);
    run.advanceInList(tally.counts(failed), last);
    return Optional.of(ImportPosition.of(run));
  }

  /** Notes who was left out of an import that has no list. */
  void keep(ImportRun run, List<UserPage.Refused> refused) {
    int number = run.counts().failed();
    for (UserPage.Refused each : refused) {
      em.persist(new ImportLine(run.id(), ++number, each));
    }
  }

  /** The first who were left out. */
  List<SkippedUser> problems(long importId, int limit) {
    return failed(importId, 0, limit).stream()
        .map(line -> new SkippedUser(line.line(), line.key(), line.problem().orElseThrow()))
        .toList();
  }

  /**
   * Writes who was left out as CSV; lines are those of a list.
   *
   * @param words the texts of messages, in the language of the reader
   */
  void writeProblems(ImportRun run, Writer to, Function<Message, String> words) {
    boolean numbered = run.scope() == ImportPlan.Scope.LIST;
    try (CsvTable table = new CsvTable(to, "line", "user", "problem")) {
      int after = 0;
      List<ImportLine> failed = failed(run.id(), after, REPORT_STEP);
      while (!failed.isEmpty()) {
        failed.forEach(
            line ->
                table.row(
                    numbered ? Integer.toString(line.line()) : "",
                    line.key(),
                    line.problem().map(words).orElse("")));
        after = failed.get(failed.size() - 1).line();
        failed = failed(run.id(), after, REPORT_STEP);
      }
    }
  }

  private List<ImportLine> failed(long importId, int after, int limit) {
    return em.createQuery(
            "select l from ImportLine l where l.runId = :run and l.line > :after"
                + " and l.problem is not null order by l.line",
            ImportLine.class)
        .setParameter("run", importId)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }
}
