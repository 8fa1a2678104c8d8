package dev.resentry.storage.project;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface ProjectRepository extends JpaRepository<ProjectEntity, Long> {
    List<ProjectEntity> findAllByOrderById();

    Optional<ProjectEntity> findBySlug(String slug);

    boolean existsBySlug(String slug);
}
