// What stands before a line of a sketch: macros of CMSIS, HALs, Arduino cores, Zephyr, ESP-IDF, newlib, and of users themselves.
// A name of nn/ that is one of them does not compile. min and max are left out: where a core defines them, the standard library's
// own headers do not compile, and a program says #undef min, #undef max before it includes any.
#pragma once
#pragma GCC system_header  // some are defined already, otherwise

// CMSIS-Core and the device headers that follow it
#define __I volatile const
#define __O volatile
#define __IO volatile
#define __IM volatile const
#define __OM volatile
#define __IOM volatile
#define __ASM __asm
#define __INLINE inline
#define __STATIC_INLINE static inline
#define __STATIC_FORCEINLINE static inline
#define __NO_RETURN __attribute__((__noreturn__))
#define __USED __attribute__((used))
#define __WEAK __attribute__((weak))
#define __PACKED __attribute__((packed))
#define __PACKED_STRUCT struct __attribute__((packed))
#define __ALIGNED(x) __attribute__((aligned(x)))
#define __RESTRICT __restrict
#define __COMPILER_BARRIER() __asm volatile("" ::: "memory")
#define __NVIC_PRIO_BITS 4U
#define __FPU_PRESENT 1U
#define __MPU_PRESENT 1U
#define __CM4_REV 0x0001U
#define __Vendor_SysTickConfig 0U
#define SCS_BASE (0xE000E000UL)
#define ITM_BASE (0xE0000000UL)
#define DWT_BASE (0xE0001000UL)
#define SysTick_BASE (SCS_BASE + 0x0010UL)
#define NVIC_BASE (SCS_BASE + 0x0100UL)
#define SCB_BASE (SCS_BASE + 0x0D00UL)
#define SCB ((SCB_Type*)SCB_BASE)
#define SysTick ((SysTick_Type*)SysTick_BASE)
#define NVIC ((NVIC_Type*)NVIC_BASE)
#define ITM ((ITM_Type*)ITM_BASE)
#define DWT ((DWT_Type*)DWT_BASE)
#define MPU ((MPU_Type*)MPU_BASE)
#define FPU ((FPU_Type*)FPU_BASE)
#define CoreDebug ((CoreDebug_Type*)CoreDebug_BASE)
#define APSR_N_Pos 31U
#define APSR_Z_Pos 30U
#define APSR_C_Pos 29U
#define APSR_V_Pos 28U
#define APSR_Q_Pos 27U
#define IPSR_ISR_Pos 0U
#define CONTROL_FPCA_Pos 2U
#define _VAL2FLD(field, value) (((uint32_t)(value) << field##_Pos) & field##_Msk)
#define _FLD2VAL(field, value) (((uint32_t)(value)&field##_Msk) >> field##_Pos)

// STM32 device headers and HAL
#define PERIPH_BASE 0x40000000UL
#define FLASH_BASE 0x08000000UL
#define SRAM1_BASE 0x20000000UL
#define APB1PERIPH_BASE PERIPH_BASE
#define APB2PERIPH_BASE (PERIPH_BASE + 0x00010000UL)
#define AHB1PERIPH_BASE (PERIPH_BASE + 0x00020000UL)
#define GPIOA_BASE (AHB1PERIPH_BASE + 0x0000UL)
#define GPIOA ((GPIO_TypeDef*)GPIOA_BASE)
#define GPIOB ((GPIO_TypeDef*)GPIOB_BASE)
#define GPIOC ((GPIO_TypeDef*)GPIOC_BASE)
#define GPIOD ((GPIO_TypeDef*)GPIOD_BASE)
#define RCC ((RCC_TypeDef*)RCC_BASE)
#define FLASH ((FLASH_TypeDef*)FLASH_R_BASE)
#define PWR ((PWR_TypeDef*)PWR_BASE)
#define EXTI ((EXTI_TypeDef*)EXTI_BASE)
#define SYSCFG ((SYSCFG_TypeDef*)SYSCFG_BASE)
#define CRC ((CRC_TypeDef*)CRC_BASE)
#define RNG ((RNG_TypeDef*)RNG_BASE)
#define RTC ((RTC_TypeDef*)RTC_BASE)
#define DAC ((DAC_TypeDef*)DAC_BASE)
#define ADC ((ADC_Common_TypeDef*)ADC_BASE)
#define ADC1 ((ADC_TypeDef*)ADC1_BASE)
#define CAN1 ((CAN_TypeDef*)CAN1_BASE)
#define DMA1 ((DMA_TypeDef*)DMA1_BASE)
#define DMA2 ((DMA_TypeDef*)DMA2_BASE)
#define I2C1 ((I2C_TypeDef*)I2C1_BASE)
#define I2C2 ((I2C_TypeDef*)I2C2_BASE)
#define SPI1 ((SPI_TypeDef*)SPI1_BASE)
#define SPI2 ((SPI_TypeDef*)SPI2_BASE)
#define TIM1 ((TIM_TypeDef*)TIM1_BASE)
#define TIM2 ((TIM_TypeDef*)TIM2_BASE)
#define TIM3 ((TIM_TypeDef*)TIM3_BASE)
#define TIM4 ((TIM_TypeDef*)TIM4_BASE)
#define USART1 ((USART_TypeDef*)USART1_BASE)
#define USART2 ((USART_TypeDef*)USART2_BASE)
#define IWDG ((IWDG_TypeDef*)IWDG_BASE)
#define WWDG ((WWDG_TypeDef*)WWDG_BASE)
#define DBGMCU ((DBGMCU_TypeDef*)DBGMCU_BASE)
#define SET_BIT(REG, BIT) ((REG) |= (BIT))
#define CLEAR_BIT(REG, BIT) ((REG) &= ~(BIT))
#define READ_BIT(REG, BIT) ((REG) & (BIT))
#define CLEAR_REG(REG) ((REG) = (0x0))
#define WRITE_REG(REG, VAL) ((REG) = (VAL))
#define READ_REG(REG) ((REG))
#define MODIFY_REG(REG, CLEARMASK, SETMASK) WRITE_REG((REG), (((READ_REG(REG)) & (~(CLEARMASK))) | (SETMASK)))
#define POSITION_VAL(VAL) (__CLZ(__RBIT(VAL)))
#define HSE_VALUE 8000000U
#define HSI_VALUE 16000000U
#define LSE_VALUE 32768U
#define LSI_VALUE 32000U
#define VDD_VALUE 3300U
#define USE_RTOS 0U
#define PREFETCH_ENABLE 1U
#define INSTRUCTION_CACHE_ENABLE 1U
#define DATA_CACHE_ENABLE 1U
#define HAL_MAX_DELAY 0xFFFFFFFFU
#define HAL_IS_BIT_SET(REG, BIT) (((REG) & (BIT)) == (BIT))
#define UNUSED(X) (void)X
#define assert_param(expr) ((void)0U)
#define GPIO_PIN_0 ((uint16_t)0x0001)
#define GPIO_PIN_1 ((uint16_t)0x0002)
#define GPIO_PIN_All ((uint16_t)0xFFFF)
#define GPIO_MODE_INPUT 0x00000000U
#define GPIO_MODE_OUTPUT_PP 0x00000001U
#define GPIO_NOPULL 0x00000000U
#define GPIO_PULLUP 0x00000001U
#define GPIO_SPEED_FREQ_LOW 0x00000000U

// Arduino cores: ArduinoCore-API, SAM, SAMD, STM32, mbed
#define PI 3.1415926535897932384626433832795
#define HALF_PI 1.5707963267948966192313216916398
#define TWO_PI 6.283185307179586476925286766559
#define DEG_TO_RAD 0.017453292519943295769236907684886
#define RAD_TO_DEG 57.295779513082320876798154814105
#define EULER 2.718281828459045235360287471352
#define HIGH 0x1
#define LOW 0x0
#define INPUT 0x0
#define OUTPUT 0x1
#define INPUT_PULLUP 0x2
#define INPUT_PULLDOWN 0x3
#define OUTPUT_OPENDRAIN 0x4
#define CHANGE 2
#define FALLING 3
#define RISING 4
#define LSBFIRST 0
#define MSBFIRST 1
#define SERIAL 0x0
#define DISPLAY 0x1
#define DEFAULT 1
#define EXTERNAL 0
#define INTERNAL 3
#define DEC 10
#define HEX 16
#define OCT 8
#define BIN 2
#define NOT_A_PIN -1
#define NOT_A_PORT 0
#define NOT_AN_INTERRUPT -1
#define NO_ANALOG 0xFF
#define NUM_DIGITAL_PINS 64
#define LED_BUILTIN 13
#define BUILTIN_LED 13
#define SDA 20
#define SCL 21
#define MOSI 11
#define MISO 12
#define SCK 13
#define SS 10
#define TX 1
#define RX 0
#define F_CPU 16000000L
#define WEAK __attribute__((weak))
#define RAMSTART (0x100)
#define RAMEND 0x8FF
#define FLASHEND 0x7FFF
#define E2END 0x3FF
#define PROGMEM
#define PSTR(s) (s)
#define F(string_literal) (reinterpret_cast<const __FlashStringHelper*>(PSTR(string_literal)))
#define abs(x) ((x) > 0 ? (x) : -(x))
#define round(x) ((x) >= 0 ? (long)((x) + 0.5) : (long)((x)-0.5))
#define constrain(amt, low, high) ((amt) < (low) ? (low) : ((amt) > (high) ? (high) : (amt)))
#define radians(deg) ((deg)*DEG_TO_RAD)
#define degrees(rad) ((rad)*RAD_TO_DEG)
#define sq(x) ((x) * (x))
#define bit(b) (1UL << (b))
#define lowByte(w) ((uint8_t)((w)&0xff))
#define highByte(w) ((uint8_t)((w) >> 8))
#define bitRead(value, bit) (((value) >> (bit)) & 0x01)
#define bitSet(value, bit) ((value) |= (1UL << (bit)))
#define bitClear(value, bit) ((value) &= ~(1UL << (bit)))
#define bitToggle(value, bit) ((value) ^= (1UL << (bit)))
#define bitWrite(value, bit, bitvalue) ((bitvalue) ? bitSet((value), (bit)) : bitClear((value), (bit)))
#define word(...) makeWord(__VA_ARGS__)
#define interrupts() __enable_irq()
#define noInterrupts() __disable_irq()
#define digitalPinToInterrupt(P) (P)
#define digitalPinToPort(P) (get_GPIO_Port(STM_PORT(digitalPinToPinName(P))))
#define clockCyclesPerMicrosecond() (SystemCoreClock / 1000000L)
#define clockCyclesToMicroseconds(a) (((a)*1000L) / (SystemCoreClock / 1000L))
#define A0 14
#define A1 15
#define A2 16
#define A3 17
#define A4 18
#define A5 19
#define A6 20
#define A7 21
#define D0 0
#define D1 1
#define D2 2
#define D3 3
#define D4 4
#define D5 5
#define D6 6
#define D7 7
#define PA0 0
#define PA1 1
#define PA2 2
#define PA3 3
#define PA4 4
#define PA5 5
#define PA6 6
#define PA7 7
#define PB0 16
#define PB1 17
#define PB2 18
#define PB3 19
#define PB4 20
#define PB5 21
#define PB6 22
#define PB7 23
#define B0 0
#define B1 1
#define B10 2
#define B11 3
#define B100 4
#define B101 5
#define B110 6
#define B111 7
#define B1000 8
#define B1001 9
#define B1010 10
#define B1011 11
#define B1100 12
#define B1101 13
#define B1110 14
#define B1111 15

// newlib and avr-libc: ctype.h, complex.h
#define _U 01
#define _L 02
#define _N 04
#define _S 010
#define _P 020
#define _C 040
#define _X 0100
#define _B 0200
#define _BV(bit) (1 << (bit))
#define _NOP() __asm__ volatile("nop")

// Zephyr
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define CLAMP(val, low, high) (((val) <= (low)) ? (low) : MIN(val, high))
#define BIT(n) (1UL << (n))
#define BIT_MASK(n) (BIT(n) - 1UL)
#define KB(x) ((x) << 10)
#define MB(x) (KB(x) << 10)
#define GB(x) (MB(x) << 10)
#define KHZ(x) ((x)*1000)
#define MHZ(x) (KHZ(x) * 1000)
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define CONTAINER_OF(ptr, type, field) ((type*)(((char*)(ptr)) - offsetof(type, field)))
#define ROUND_UP(x, align) ((((x) + ((align)-1)) / (align)) * (align))
#define ROUND_DOWN(x, align) (((x) / (align)) * (align))
#define DIV_ROUND_UP(n, d) (((n) + (d)-1) / (d))
#define POINTER_TO_UINT(x) ((uintptr_t)(x))
#define UINT_TO_POINTER(x) ((void*)(uintptr_t)(x))
#define STRINGIFY(s) #s
#define CONCAT(x, y) x##y
#define BUILD_ASSERT(EXPR, MSG...) static_assert((EXPR), "" MSG)
#define ARG_UNUSED(x) (void)(x)
#define IS_ENABLED(config_macro) 0
#define likely(x) (__builtin_expect((bool)!!(x), true) != 0L)
#define unlikely(x) (__builtin_expect((bool)!!(x), false) != 0L)
#define K_NO_WAIT 0
#define K_FOREVER -1
#define K_MSEC(ms) (ms)
#define LOG_INF(...) (void)0
#define LOG_ERR(...) (void)0
#define DT_ALIAS(alias) alias
#define SYS_INIT(init_fn, level, prio)
#define __noinit
#define __ramfunc
#define __syscall

// ESP-IDF and FreeRTOS
#define IRAM_ATTR __attribute__((section(".iram1")))
#define DRAM_ATTR __attribute__((section(".dram1")))
#define RTC_DATA_ATTR __attribute__((section(".rtc.data")))
#define WORD_ALIGNED_ATTR __attribute__((aligned(4)))
#define FORCE_INLINE_ATTR static inline __attribute__((always_inline))
#define ESP_OK 0
#define ESP_FAIL -1
#define ESP_ERR_NO_MEM 0x101
#define ESP_ERROR_CHECK(x) (void)(x)
#define ESP_LOGI(tag, format, ...) (void)0
#define REG_READ(_r) (*(volatile uint32_t*)(_r))
#define REG_WRITE(_r, _v) (*(volatile uint32_t*)(_r)) = (_v)
#define APB_CLK_FREQ (80 * 1000000)
#define pdTRUE 1
#define pdFALSE 0
#define pdPASS 1
#define pdMS_TO_TICKS(ms) (ms)
#define portMAX_DELAY 0xffffffffUL
#define portTICK_PERIOD_MS 1
#define configTICK_RATE_HZ 1000
#define configASSERT(x) (void)(x)
#define tskIDLE_PRIORITY 0U
#define BIT0 1
#define BIT1 2
#define BIT2 4
#define BIT3 8
#define BIT4 16
#define BIT5 32
#define BIT6 64
#define BIT7 128

// Users' own: a letter or two
#define A 1
#define B 2
#define C 3
#define D 4
#define E 5
#define G 6
#define H 7
#define I 8
#define J 9
#define K 10
#define L 11
#define M 12
#define N 13
#define O 14
#define P 15
#define Q 16
#define R 17
#define S 18
#define T 19
#define U 20
#define V 21
#define W 22
#define X 23
#define Y 24
#define Z 25
#define In 26
#define Out 27
#define To 29
#define F1 33
#define F2 34
#define DX 35
#define XF 36
#define WF 37
