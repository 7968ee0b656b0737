# train --threads: the same image for every number of threads, and what is refused.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/drawn.cmake)

draw(iris.csv 150 "" ${irises})
foreach(program classes classes_fixed16)
  set(train ${BIN}/train_${program} --train iris.csv --epochs 4 --batch 20 --rate 0.05 --quiet)
  succeeds(${train} --image alone.image)
  foreach(threads 1 2 3 5)
    succeeds(${train} --threads ${threads} --image threads.image)
    same(alone.image threads.image)
  endforeach()
  succeeds(${train} --seed 2 --threads 2 --image other.image)
  different(alone.image other.image)
endforeach()
succeeds(${BIN}/train_classes --train iris.csv --quiet --optimizer adam --decay 0.01 --clip-norm 0.1 --image alone.image)
succeeds(${BIN}/train_classes --train iris.csv --quiet --optimizer adam --decay 0.01 --clip-norm 0.1 --threads 3
  --image threads.image)
same(alone.image threads.image)

fails("--threads share a batch, and this one is of 1 sample; expected --batch 2 or more" ${BIN}/train_classes --train iris.csv
  --threads 2 --batch 1)
fails("--seeds and --threads do not go together, since each takes all cores" ${BIN}/train_classes --train iris.csv --threads 2
  --seeds 3)
fails("--threads" ${BIN}/train_classes --train iris.csv --threads 0)

# A network whose layers pass something from sample to sample is learnt by one thread, which is said.
succeeds(${BIN}/draw_digits --train digits.csv --train-count 60)
succeeds(${BIN}/train_norm --train digits.csv --epochs 1 --threads 2)
if(NOT OUTPUT MATCHES "one thread learns: layers of this network pass something on from sample to sample")
  message(FATAL_ERROR "it is not said that one thread learns:\n${OUTPUT}")
endif()
file(REMOVE_RECURSE ${FOLDER})
