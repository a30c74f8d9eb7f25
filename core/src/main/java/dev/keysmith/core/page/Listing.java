package dev.keysmith.core.page;

import dev.keysmith.core.problem.ProblemMessage;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How the entities of a type are listed: by what they can be sorted and filtered. Immutable; a
 * feature keeps one as a constant.
 *
 * <p>Names that a request gives are looked up here and never become part of a query, and values are
 * always parameters, so that no request can change what is asked of the database.
 *
 * @param <T> the entity; has an attribute {@code id}, which makes every order total
 */
public final class Listing<T> {

  private static final String ID = "id";

  private final Class<T> type;
  private final String order;
  private final Map<String, String> sorts;
  private final Map<String, Filter<T>> filters;
  private final int countedTo;

  private Listing(
      Class<T> type,
      String order,
      Map<String, String> sorts,
      Map<String, Filter<T>> filters,
      int countedTo) {
    this.type = type;
    this.order = order;
    this.sorts = sorts;
    this.filters = filters;
    this.countedTo = countedTo;
  }

  /**
   * A list of all entities of a type.
   *
   * @param order the sort of a request that asks for none, for instance {@code -created}; its name
   *     is an attribute
   */
  public static <T> Listing<T> of(Class<T> type, String order) {
    return new Listing<>(type, order, Map.of("id", "id"), Map.of(), Integer.MAX_VALUE)
        .sortable(name(order));
  }

  /** Can be sorted by these attributes too, under their own names. */
  public Listing<T> sortable(String... attributes) {
    Listing<T> listing = this;
    for (String attribute : attributes) {
      listing = listing.sortableAs(attribute, attribute);
    }
    return listing;
  }

  /** Can be sorted by an attribute too, for instance {@code owner} by {@code owner.login}. */
  public Listing<T> sortableAs(String name, String attribute) {
    Map<String, String> more = new LinkedHashMap<>(sorts);
    more.put(name, attribute);
    return new Listing<>(type, order, more, filters, countedTo);
  }

  /** Can be filtered too. */
  public Listing<T> filter(String name, Filter<T> filter) {
    Map<String, Filter<T>> more = new LinkedHashMap<>(filters);
    more.put(name, filter);
    return new Listing<>(type, order, sorts, more, countedTo);
  }

  /**
   * Counts to this number only: for lists that grow for ever, where counting would take longer than
   * anything else.
   */
  public Listing<T> countedTo(int most) {
    return new Listing<>(type, order, sorts, filters, most);
  }

  /** The part of the list that a request asks for, and how long the list is. */
  public Slice<T> slice(EntityManager entities, PageRequest request) {
    List<T> items = request.offset() == 0 ? first(entities, request) : further(entities, request);
    long seen = (long) request.offset() + items.size();
    boolean last = items.size() < request.limit() && (!items.isEmpty() || request.offset() == 0);
    if (last) {
      return new Slice<>(items, seen, false, request.offset(), request.limit());
    }
    if (countedTo == Integer.MAX_VALUE) {
      long total = count(entities, request);
      return new Slice<>(items, total, false, request.offset(), request.limit());
    }
    int counted = ids(entities, request, false).setMaxResults(countedTo + 1).getResultList().size();
    boolean more = counted > countedTo;
    long total =
        more && !items.isEmpty() ? Math.max(countedTo, seen) : Math.min(counted, countedTo);
    return new Slice<>(items, total, more, request.offset(), request.limit());
  }

  private List<T> first(EntityManager entities, PageRequest request) {
    return entities
        .createQuery(selection(entities.getCriteriaBuilder(), request))
        .setMaxResults(request.limit())
        .getResultList();
  }

  /** By their ids, which an index tells: so the rows of all pages before are not read. */
  private List<T> further(EntityManager entities, PageRequest request) {
    List<Long> ids =
        ids(entities, request, true)
            .setFirstResult(request.offset())
            .setMaxResults(request.limit())
            .getResultList();
    if (ids.isEmpty()) {
      return List.of();
    }
    CriteriaBuilder builder = entities.getCriteriaBuilder();
    CriteriaQuery<T> query = builder.createQuery(type);
    Root<T> root = query.from(type);
    query.select(root).where(root.get(ID).in(ids)).orderBy(orders(builder, root, request));
    return entities.createQuery(query).getResultList();
  }

  private TypedQuery<Long> ids(EntityManager entities, PageRequest request, boolean inOrder) {
    CriteriaBuilder builder = entities.getCriteriaBuilder();
    CriteriaQuery<Long> query = builder.createQuery(Long.class);
    Root<T> root = query.from(type);
    query
        .select(root.get(ID).as(Long.class))
        .where(conditions(builder, query, root, request))
        .orderBy(inOrder ? orders(builder, root, request) : List.of());
    return entities.createQuery(query);
  }

  /** How many entities pass the filters of a request. */
  public long count(EntityManager entities, PageRequest request) {
    CriteriaBuilder builder = entities.getCriteriaBuilder();
    CriteriaQuery<Long> query = builder.createQuery(Long.class);
    Root<T> root = query.from(type);
    query.select(builder.count(root)).where(conditions(builder, query, root, request));
    return entities.createQuery(query).getSingleResult();
  }

  /**
   * Those that pass the filters of a request and come after an id, in the order of ids: for work
   * that walks a long list in steps, whatever is added or changed meanwhile.
   *
   * @param after the id of the last one of the step before; 0 for the first step
   * @param limit how many at most
   */
  public List<T> after(EntityManager entities, PageRequest request, long after, int limit) {
    CriteriaBuilder builder = entities.getCriteriaBuilder();
    CriteriaQuery<T> query = builder.createQuery(type);
    Root<T> root = query.from(type);
    query
        .select(root)
        .where(
            builder.and(conditions(builder, query, root, request)),
            builder.greaterThan(root.get(ID).as(Long.class), after))
        .orderBy(builder.asc(root.get(ID)));
    return entities.createQuery(query).setMaxResults(limit).getResultList();
  }

  private CriteriaQuery<T> selection(CriteriaBuilder builder, PageRequest request) {
    CriteriaQuery<T> query = builder.createQuery(type);
    Root<T> root = query.from(type);
    return query
        .select(root)
        .where(conditions(builder, query, root, request))
        .orderBy(orders(builder, root, request));
  }

  private Predicate[] conditions(
      CriteriaBuilder builder, CriteriaQuery<?> query, Root<T> root, PageRequest request) {
    Filter.Scope<T> scope = new Filter.Scope<>(builder, query, root);
    return request.filters().entrySet().stream()
        .filter(wanted -> !wanted.getValue().isBlank())
        .map(wanted -> condition(scope, wanted.getKey(), wanted.getValue()))
        .toArray(Predicate[]::new);
  }

  private Predicate condition(Filter.Scope<T> scope, String name, String value) {
    Filter<T> filter = filters.get(name);
    if (filter == null) {
      throw PageRequest.wrong(name, ListMessage.FILTERS, names(filters));
    }
    try {
      return filter.where(scope, value);
    } catch (IllegalArgumentException e) {
      throw PageRequest.wrong(
          name,
          e.getCause() instanceof DateTimeException
              ? ProblemMessage.FIELD_INSTANT
              : ProblemMessage.FIELD_WRONG);
    }
  }

  private List<Order> orders(CriteriaBuilder builder, Root<T> root, PageRequest request) {
    String sort = request.sort().isBlank() ? order : request.sort();
    String attribute = sorts.get(name(sort));
    if (attribute == null) {
      throw PageRequest.wrong("sort", ListMessage.SORTS, names(sorts));
    }
    boolean descending = sort.startsWith("-");
    List<Order> orders = new ArrayList<>();
    orders.add(order(builder, Filters.path(root, attribute), descending));
    if (!attribute.equals(ID)) {
      orders.add(order(builder, root.get(ID), descending));
    }
    return orders;
  }

  private static Order order(CriteriaBuilder builder, Path<?> path, boolean descending) {
    return descending ? builder.desc(path) : builder.asc(path);
  }

  private static String name(String sort) {
    return sort.startsWith("-") ? sort.substring(1) : sort;
  }

  private static String names(Map<String, ?> known) {
    return String.join(", ", new TreeSet<>(known.keySet()));
  }
}
