package dev.keysmith.core.page;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;

/**
 * What a filter of a list lets through.
 *
 * @param <T> the entity listed
 */
@FunctionalInterface
public interface Filter<T> {

  /**
   * The condition, given to the database.
   *
   * @param scope for what needs a subquery
   * @param value as the caller wrote it; an {@link IllegalArgumentException} says that it is
   *     nothing that this filter knows
   */
  Predicate where(Scope<T> scope, String value);

  /**
   * The query that a condition is for.
   *
   * @param builder makes conditions
   * @param query makes subqueries
   * @param root the entity listed
   * @param <T> its type
   */
  record Scope<T>(CriteriaBuilder builder, CriteriaQuery<?> query, Root<T> root) {}
}
